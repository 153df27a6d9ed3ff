"""With which versions of everything else this project works, tried for real. Not part of the distribution."""
