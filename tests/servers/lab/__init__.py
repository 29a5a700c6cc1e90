"""Two POP3 servers, one script, and what they answered differently."""
