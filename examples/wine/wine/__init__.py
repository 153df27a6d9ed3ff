"""Tells three Italian wine cultivars apart by their chemical analysis."""
