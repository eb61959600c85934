"""One webhook of every kind that the network is known to send, and some that it may send tomorrow."""

import base64
import json
import time

CUSTOMERS = 40


def wamid(index):
    return "wamid." + base64.b64encode(f"kill test {index:06d}".encode()).decode()


def who(index):
    return f"44770090{index % CUSTOMERS:04d}"


# Kinds that make a message of their own: (type, its part).
def message_part(index):
    media = {"id": str(900000 + index), "mime_type": "application/octet-stream", "sha256": "AAAA"}
    kinds = [
        ("text", {"body": f"Hello é \U0001f382 {index}"}),
        ("image", {**media, "mime_type": "image/jpeg", "caption": f"Photo {index}"}),
        ("video", {**media, "mime_type": "video/mp4"}),
        ("audio", {**media, "mime_type": "audio/ogg; codecs=opus", "voice": True}),
        ("document", {**media, "filename": "../../etc/passwd"}),
        ("sticker", {**media, "mime_type": "image/webp", "animated": False}),
        ("location", {"latitude": 51.5, "longitude": -0.12, "name": "Shop"}),
        ("contacts", [{"name": {"formatted_name": "Ana Reis"}, "phones": [{"phone": "+447700900222", "wa_id": "447700900222"}]}]),
        ("button", {"payload": "late", "text": "It is late"}),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "1", "title": "Yes"}}),
        ("interactive", {"type": "list_reply", "list_reply": {"id": "2", "title": "Lemon", "description": "12 inch"}}),
        ("interactive", {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{\"day\":\"Mon\"}"}}),
        ("order", {"catalog_id": "77100", "text": "", "product_items": [{"product_retailer_id": "S", "quantity": 2, "item_price": 30, "currency": "EUR"}]}),
        ("system", {"type": "user_changed_number", "body": "Changed", "wa_id": f"44770098{index % 10000:04d}"}),
        ("unsupported", None),
        ("hologram", {"shape": "cake"}),
        ("request_welcome", {}),
    ]
    return kinds[index % len(kinds)]


def message(index, number):
    """(field, value) of a customer's message; its id is wamid(index)."""
    kind, part = message_part(index)
    sender = f"44770095{index % 10000:04d}" if kind == "system" else who(index)
    wire = {"from": sender, "id": wamid(index), "timestamp": str(int(time.time())), "type": kind}
    if part is not None:
        wire[kind] = part
    if kind == "unsupported":
        wire["errors"] = [{"code": 131051, "title": "Message type unknown"}]
    contact = {"profile": {"name": f"Customer {sender[-4:]}"}, "wa_id": sender}
    return "messages", {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "447700900000", "phone_number_id": number},
                        "contacts": [contact], "messages": [wire]}


def echo(index, number):
    """What the owner typed on the phone; a message too."""
    wire = {"from": "447700900000", "to": who(index), "id": wamid(index), "timestamp": str(int(time.time())), "type": "text", "text": {"body": f"From the phone {index}"}}
    return "smb_message_echoes", {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "447700900000", "phone_number_id": number},
                                  "message_echoes": [wire]}


def about(index, target, number):
    """Events that make no message of their own; those about a message are about @target."""
    now = str(int(time.time()))
    head = {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "447700900000", "phone_number_id": number}}
    from_him = {"from": who(target), "id": wamid(800000 + index), "timestamp": now}
    status = {"id": wamid(700000 + index), "timestamp": now, "recipient_id": who(index)}
    failed = {"errors": [{"code": 131026, "title": "Message undeliverable", "error_data": {"details": "No"}}]}
    kinds = [
        ("messages", {**head, "messages": [{**from_him, "type": "reaction", "reaction": {"message_id": wamid(target), "emoji": "\U0001f44d"}}]}),
        ("messages", {**head, "messages": [{**from_him, "type": "edit", "edit": {"original_message_id": wamid(target), "message": {"type": "text", "text": {"body": f"Edited {index}"}}}}]}),
        ("messages", {**head, "messages": [{**from_him, "type": "revoke", "revoke": {"original_message_id": wamid(target)}}]}),
        ("messages", {**head, "statuses": [{**status, "status": "sent"}]}),
        ("messages", {**head, "statuses": [{**status, "status": "delivered", "pricing": {"billable": True, "category": "service", "pricing_model": "PMP"}}]}),
        ("messages", {**head, "statuses": [{**status, "status": "read"}]}),
        ("messages", {**head, "statuses": [{**status, "status": "played"}]}),
        ("messages", {**head, "statuses": [{**status, "status": "failed", **failed}]}),
        ("messages", {**head, "statuses": [{**status, "status": "dreamt-of"}]}),
        ("message_template_status_update", {"event": "PAUSED", "message_template_id": 1000 + index, "message_template_name": "order", "message_template_language": "en", "reason": "NONE"}),
        ("message_template_quality_update", {"message_template_id": 1000 + index, "message_template_name": "order", "message_template_language": "en", "new_quality_score": "YELLOW"}),
        ("message_template_components_update", {"message_template_id": 1000 + index, "message_template_name": "order", "message_template_language": "en", "message_template_element": "Hi"}),
        ("template_category_update", {"message_template_id": 1000 + index, "message_template_name": "order", "message_template_language": "en", "new_category": "MARKETING"}),
        ("phone_number_quality_update", {"display_phone_number": "447700900000", "event": "ONBOARDING", "current_limit": "TIER_1K", "mark": index}),
        ("phone_number_name_update", {"display_phone_number": "447700900000", "decision": "APPROVED", "requested_verified_name": f"Cakes {index}"}),
        ("business_capability_update", {"max_daily_conversation_per_phone": 1000, "max_phone_numbers_per_business": 2, "mark": index}),
        ("account_update", {"event": "VERIFIED_ACCOUNT", "phone_number": "447700900000", "mark": index}),
        ("account_alerts", {"entity_type": "PHONE_NUMBER", "alert_severity": "INFORMATIONAL", "alert_type": "OBA_APPROVED", "mark": index}),
        ("account_review_update", {"decision": "APPROVED", "mark": index}),
        ("account_settings_update", {"mark": index}),
        ("security", {"event": "PIN_CHANGED", "mark": index}),
        ("user_id_update", {"previous_user_id": f"GB.{index}", "user_id": f"GB.{index}9", "mark": index}),
        ("flows", {"event": "FLOW_STATUS_CHANGE", "flow_id": str(index), "message": "Flow"}),
        ("calls", {"calls": [{"id": f"wacid.{index}", "event": "connect"}]}),
        ("history", {"history": [], "mark": index}),
        ("smb_app_state_sync", {"state_sync": [], "mark": index}),
        ("payment_configuration_update", {"mark": index}),
        ("telepathy", {"thought": index}),
    ]
    return kinds[index % len(kinds)]


def forged(index, number):
    value = message(500000 + index, number)[1]
    value["messages"][0].update({"type": "text", "text": {"body": "forged"}})
    return "messages", value


def body_of(field, value, account):
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": account, "changes": [{"value": value, "field": field}]}]}).encode()
