"""The scripts run in the clients' own environments; nothing of them is collected here."""

collect_ignore_glob = ["drive_*.py"]
