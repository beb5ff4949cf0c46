"""The election 业主委员会选举: who prepares it, who is asked and told, who was elected."""
