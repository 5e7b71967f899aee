"""Every process walked as people would: its main way, its side ways, its refusals."""
