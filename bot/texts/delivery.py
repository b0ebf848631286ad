"""What is added to messages on their way."""

REPEATED = "· повтор: возможно, вы это уже получили"
