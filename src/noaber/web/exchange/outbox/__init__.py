"""What still has to be said to the other side: put there by each act, said until it is heard."""
