"""What is judged of other systems' facts, by values alone."""
