"""The ВПР monitoring bot: everything but the chat handlers and the SQL."""
