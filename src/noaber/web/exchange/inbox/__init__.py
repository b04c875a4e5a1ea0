"""What the other organisation does here: its messages come in, and it tells what became of ours."""
