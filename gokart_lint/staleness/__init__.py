"""Which cached results would silently be reused although the code behind them changed: two revisions, read by the same tool."""
