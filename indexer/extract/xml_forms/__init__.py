"""XML forms as text and as values: reading them, rendering them, the rows and symbols they hold."""
