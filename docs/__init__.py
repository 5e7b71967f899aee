"""The pages, and what makes them: build.py writes the generated ones, consoles.py runs the commands that pages show."""
