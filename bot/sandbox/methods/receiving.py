"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo, getFile."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.context import Context, Method
from bot.sandbox.updates import Update


async def get_updates(context: Context) -> list[Update]:
    arguments = context.arguments
    return await context.world.updates.poll(
        arguments.integer("offset"),
        arguments.integer("limit", 100),
        arguments.integer("timeout"),
        _allowed(context),
    )


def _allowed(context: Context) -> list[str] | None:
    allowed = context.arguments.structure("allowed_updates", "can't parse allowed_updates JSON object")
    return [str(kind) for kind in allowed] if isinstance(allowed, list) else None


def set_webhook(context: Context) -> bool:
    arguments, courier = context.arguments, context.courier
    url = arguments.text("url")
    secret = arguments.text("secret_token")
    if url and not re.match(r"https?://[^/\s]+", url):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    updates = context.world.updates
    updates.ask_for(_allowed(context))
    if arguments.flag("drop_pending_updates"):
        updates.drop_all()
    if not url:
        courier.close()
        return True
    updates.interrupt_for_webhook()
    courier.open(url, secret, min(max(arguments.integer("max_connections", 40), 1), 100))
    return True


def delete_webhook(context: Context) -> bool:
    if context.arguments.flag("drop_pending_updates"):
        context.world.updates.drop_all()
    context.courier.close()
    return True


def get_webhook_info(context: Context) -> dict[str, Any]:
    info = context.courier.info() | {"pending_update_count": len(context.world.updates)}
    if context.world.updates.allowed is not None:
        info["allowed_updates"] = sorted(context.world.updates.allowed)
    return info


def get_file(context: Context) -> dict[str, Any]:
    file_id = context.arguments.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    return context.world.files.link(file_id)


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
}
