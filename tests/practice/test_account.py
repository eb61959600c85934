"""Media, templates, the number and everything else that hangs on the account."""

import json
import unittest

from practice import Practice, wait_for

PIA = "447700900201"


def template(name, **more):
    return {"name": name, "language": "en_GB", "category": "UTILITY",
            "components": [{"type": "BODY", "text": "Hello {{1}}, all is ready for you now.", "example": {"body_text": [["Ann"]]}}], **more}


def with_body(text):
    return template("a_name", components=[{"type": "BODY", "text": text, "example": {"body_text": [["a", "b"]]}}])


def with_parts(*parts):
    return template("a_name", components=[{"type": "BODY", "text": "All is ready for you now."}, *parts])


def buttons(*kinds):
    made = {"QUICK_REPLY": {"type": "QUICK_REPLY", "text": "Yes"}, "URL": {"type": "URL", "text": "Open", "url": "https://a.example"},
            "PHONE_NUMBER": {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "44770090"}}
    return {"type": "BUTTONS", "buttons": [made[kind] for kind in kinds]}


class MediaTest(unittest.TestCase):
    def test_the_parts_may_come_in_any_order(self):
        with Practice() as world:
            for order in (("messaging_product", "type", "file"), ("file", "type", "messaging_product"), ("type", "file", "messaging_product")):
                answer = world.upload(b"\xff\xd8\xff\xe0photo", "application/octet-stream", "image/jpeg", order)
                self.assertEqual(answer.status, 200, answer.body)
                node = world.graph("GET", answer.json["id"] + "?phone_number_id=" + world.phone).json
                self.assertEqual((node["mime_type"], node["file_size"]), ("image/jpeg", 9))

    def test_a_download_needs_the_key_and_five_minutes(self):
        with Practice() as world:
            media = world.upload(b"%PDF-1.4", "application/pdf").json["id"]
            path = world.graph("GET", media).json["url"].split(world.host, 1)[1]
            self.assertEqual(world.ask("GET", path).body, b"%PDF-1.4")
            self.assertEqual(world.ask("GET", path, token=None).status, 401)
            self.assertEqual(world.ask("GET", path[:-1] + "x").status, 404)
            world.advance(301_000)
            self.assertEqual(world.ask("GET", path).status, 404)
            self.assertEqual(world.graph("DELETE", media).json, {"success": True})
            self.assertEqual(world.graph("GET", media).status, 400)
        with Practice("--media-auth", "lenient") as world:
            media = world.upload(b"%PDF-1.4", "application/pdf").json["id"]
            path = world.graph("GET", media).json["url"].split(world.host, 1)[1]
            self.assertEqual(world.ask("GET", path, token=None).body, b"%PDF-1.4")

    def test_the_address_is_where_the_client_found_us(self):
        with Practice() as world:
            media = world.upload(b"%PDF-1.4", "application/pdf").json["id"]
            node = world.graph("GET", media, headers={"Host": "shop.test:81"}).json
            self.assertTrue(node["url"].startswith("http://shop.test:81/"))

    def test_wrong_kinds_and_sizes(self):
        with Practice() as world:
            self.assertEqual(world.upload(b"MZ", "application/x-msdownload", filename="a.exe").code, 100)
            answer = world.upload(b"\xff\xd8\xff" + b"x" * (5 * 1024 * 1024), "image/jpeg")
            self.assertEqual((answer.status, answer.code), (400, 131053))
            self.assertIn("5242880", answer.details)
            self.assertEqual(world.graph("POST", world.phone + "/media", {"a": 1}).code, 100)
            media = world.upload(b"\xff\xd8\xff\xe0photo", "image/jpeg").json["id"]
            world.advance(31 * 24 * 3600_000)
            self.assertEqual(world.send({"to": PIA, "type": "image", "image": {"id": media}}).code, 131009)

    def test_a_resumable_upload(self):
        with Practice() as world:
            begin = world.graph("POST", "app/uploads?file_name=a.jpg&file_length=6&file_type=image/jpeg").json["id"]
            self.assertTrue(begin.startswith("upload:") and "?sig=" in begin)
            half = world.graph("POST", begin, b"abc", headers={"file_offset": "0", "Authorization": "OAuth " + world.info["token"]})
            self.assertEqual(half.json["file_offset"], 3)
            self.assertEqual(world.graph("GET", begin).json["file_offset"], 3)
            done = world.graph("POST", begin, b"def", headers={"file_offset": "3"})
            self.assertTrue(done.json["h"].startswith("4::"))
            self.assertEqual(world.graph("POST", begin.split("?")[0], b"x").code, 100)


class TemplateTest(unittest.TestCase):
    def test_review_approves_and_rejects(self):
        with Practice() as world:
            path = world.waba + "/message_templates"
            good = world.graph("POST", path, template("pick_up")).json
            bad = world.graph("POST", path, template("please_reject_me")).json
            self.assertEqual((good["status"], good["category"]), ("PENDING", "UTILITY"))
            self.assertEqual(world.send({"to": PIA, "type": "template", "template": {"name": "pick_up", "language": {"code": "en_GB"}}}).code, 132001)
            world.advance(60_000)
            events = {v["message_template_name"]: v for v in world.values("message_template_status_update")}
            self.assertEqual(events["pick_up"]["event"], "APPROVED")
            self.assertEqual(events["pick_up"]["message_template_id"], int(good["id"]))
            self.assertEqual((events["please_reject_me"]["event"], events["please_reject_me"]["reason"]), ("REJECTED", "INVALID_FORMAT"))
            self.assertIn("rejection_info", events["please_reject_me"])
            self.assertEqual(world.graph("GET", bad["id"]).json["status"], "REJECTED")
            self.assertEqual(world.graph("POST", path, template("pick_up")).json["error"]["error_subcode"], 2388024)

    def test_what_is_refused_at_once(self):
        cases = [
            (template("Bad Name"), 2388040), (with_body("{{1}} begins here with words"), 2388299), (with_body("the end is {{1}}"), 2388299),
            (with_body("Hello {{1}}{{2}} and many more words here"), 2388299), (with_body("Hi {{1}} {{3}} too and many more words"), 2388047),
            (with_body("a {{1}} b {{2}} c"), 2388293), (with_body("x" * 1025), 2388040),
            (template("a_name", components=[]), 2388072),
            (with_parts({"type": "HEADER", "format": "TEXT", "text": "h" * 61}), 2388047),
            (with_parts({"type": "HEADER", "format": "IMAGE"}), 2388047),
            (with_parts({"type": "FOOTER", "text": "f" * 61}), 2388073), (with_parts({"type": "FOOTER", "text": "a {{1}} b"}), 2388073),
            (with_parts(buttons("QUICK_REPLY", "URL", "QUICK_REPLY")), 2388047), (with_parts(buttons("URL", "URL", "URL")), 2388047),
            (with_parts(buttons(*["QUICK_REPLY"] * 11)), 2388047), (with_parts(buttons("PHONE_NUMBER", "PHONE_NUMBER")), 2388047),
        ]
        with Practice() as world:
            for body, subcode in cases:
                answer = world.graph("POST", world.waba + "/message_templates", body)
                self.assertEqual((answer.status, answer.code, answer.json["error"].get("error_subcode")), (400, 100, subcode), (body, answer.body))
                self.assertTrue(answer.json["error"]["error_user_title"])
            for body in (template("a", category="FUN"), template("a", language="x"), template("a", message_send_ttl_seconds=10)):
                self.assertEqual(world.graph("POST", world.waba + "/message_templates", body).code, 100)
            self.assertEqual(world.graph("POST", world.waba + "/message_templates", with_parts(buttons("QUICK_REPLY", "QUICK_REPLY", "URL"))).status, 200)

    def test_listing_filters_and_pages(self):
        with Practice() as world:
            path = world.waba + "/message_templates"
            whole = world.graph("GET", path + "?summary=total_count").json
            self.assertEqual(len(whole["data"]), whole["summary"]["total_count"])
            self.assertNotIn("next", whole["paging"])
            names = []
            page = world.graph("GET", path + "?limit=3&fields=name,status").json
            while True:
                self.assertEqual(set(page["data"][0]), {"id", "name", "status"})
                names += [t["name"] for t in page["data"]]
                if "next" not in page["paging"]:
                    break
                after = page["paging"]["cursors"]["after"]
                self.assertIn("after=", page["paging"]["next"])
                page = world.graph("GET", f"{path}?limit=3&fields=name,status&after={after}").json
            self.assertEqual(names, [t["name"] for t in whole["data"]])
            marketing = world.graph("GET", path + "?category=MARKETING").json["data"]
            self.assertEqual({t["category"] for t in marketing}, {"MARKETING"})
            self.assertEqual(world.graph("GET", path + "?status=%5B%22PAUSED%22,%22REJECTED%22%5D").json["data"], [])
            self.assertEqual(len(world.graph("GET", path + "?name=order_ready&language=fr").json["data"]), 1)

    def test_edit_pause_and_delete(self):
        with Practice() as world:
            path = world.waba + "/message_templates"
            hours = world.graph("GET", path + "?name=opening_hours").json["data"][0]["id"]
            new = {"components": [{"type": "BODY", "text": "New hours from Monday on."}]}
            self.assertEqual(world.graph("POST", hours, new).json, {"success": True})
            self.assertEqual(world.graph("GET", hours + "?fields=status,components").json["status"], "PENDING")
            self.assertEqual(world.graph("POST", hours, new).status, 400)
            world.advance(60_000)
            self.assertEqual(world.graph("POST", hours, {"category": "MARKETING"}).status, 400)
            world.control("templates", {"id": hours, "status": "PAUSED", "quality": "RED"})
            self.assertEqual(world.values("message_template_quality_update")[0]["new_quality_score"], "RED")
            self.assertEqual(world.graph("POST", hours + "/unpause").json, {"success": True})
            self.assertFalse(world.graph("POST", hours + "/unpause").json["success"])
            french = world.graph("GET", path + "?name=order_ready&language=fr").json["data"][0]["id"]
            self.assertEqual(world.graph("DELETE", f"{path}?name=order_ready&hsm_id={french}").json, {"success": True})
            self.assertEqual(len(world.graph("GET", path + "?name=order_ready").json["data"]), 1)
            self.assertEqual(world.graph("DELETE", path + "?name=order_ready").json, {"success": True})
            self.assertEqual(world.graph("DELETE", path + "?name=order_ready").status, 400)


class AccountTest(unittest.TestCase):
    def test_number_profile_and_account(self):
        with Practice() as world:
            self.assertEqual(set(world.graph("GET", world.phone).json), {"id", "display_phone_number", "verified_name", "quality_rating"})
            world.control("account", {"quality_rating": "RED", "limit": "TIER_250"})
            number = world.graph("GET", world.phone + "?fields=quality_rating,whatsapp_business_manager_messaging_limit,throughput").json
            self.assertEqual((number["quality_rating"], number["whatsapp_business_manager_messaging_limit"]), ("RED", "TIER_250"))
            self.assertEqual(world.graph("GET", world.waba + "/phone_numbers").json["data"][0]["id"], world.phone)
            profile = world.phone + "/whatsapp_business_profile"
            self.assertEqual(world.graph("POST", profile, {"messaging_product": "whatsapp", "about": "New words"}).json, {"success": True})
            self.assertEqual(world.graph("GET", profile + "?fields=about").json["data"][0]["about"], "New words")
            self.assertEqual(world.graph("POST", profile, {"about": "x" * 140}).code, 100)
            waba = world.graph("GET", world.waba + "?fields=id,name")
            self.assertEqual(waba.json["id"], world.waba)
            self.assertIn(world.waba, json.loads(waba.headers["x-business-use-case-usage"]))

    def test_registering(self):
        with Practice() as world:
            self.assertEqual(world.graph("POST", world.phone + "/deregister").json, {"success": True})
            self.assertEqual(world.text(PIA, "x").code, 133010)
            self.assertEqual(world.graph("POST", world.phone + "/register", {"pin": "12"}).code, 100)
            self.assertEqual(world.graph("POST", world.phone + "/register", {"messaging_product": "whatsapp", "pin": "123456"}).status, 200)
            self.assertEqual(world.text(PIA, "x").status, 200)
            self.assertEqual(world.graph("POST", world.phone + "/register", {"pin": "654321"}).code, 133005)

    def test_blocking(self):
        with Practice() as world:
            path = world.phone + "/block_users"
            who = {"messaging_product": "whatsapp", "block_users": [{"user": "+" + PIA}]}
            refused = world.graph("POST", path, who)
            self.assertEqual((refused.status, refused.json["errors"]["code"]), (400, 139100))
            world.inbound(persona="pia", text="hi")
            self.assertEqual(world.graph("POST", path, who).json["block_users"]["added_users"][0]["wa_id"], PIA)
            self.assertEqual([u["wa_id"] for u in world.graph("GET", path).json["data"]], [PIA])
            self.assertEqual(len(world.graph("DELETE", path, who).json["block_users"]["removed_users"]), 1)
            self.assertEqual(world.graph("GET", path).json["data"], [])

    def test_links(self):
        with Practice() as world:
            path = world.phone + "/message_qrdls"
            made = world.graph("POST", path + "?prefilled_message=Hi&generate_qr_image=SVG").json
            self.assertEqual(len(made["code"]), 14)
            world.graph("POST", path, {"code": made["code"], "prefilled_message": "Hello"})
            self.assertEqual(world.graph("GET", f"{path}/{made['code']}").json["data"][0]["prefilled_message"], "Hello")
            self.assertEqual(world.graph("DELETE", f"{path}/{made['code']}").json, {"success": True})
            self.assertEqual(world.graph("GET", path).json["data"], [])

    def test_history_token_and_figures(self):
        with Practice() as world:
            world.inbound(persona="pia", text="hi")
            wamid = world.text(PIA, "x").json["messages"][0]["id"]
            world.advance(2000)
            entry = world.graph("GET", f"{world.phone}/message_history?message_id={wamid}").json["data"][0]
            self.assertEqual([e["delivery_status"] for e in entry["events"]["data"]], ["SENT", "DELIVERED"])
            info = world.info
            asked = f"/oauth/access_token?grant_type=client_credentials&client_id={info['app_id']}&client_secret="
            self.assertEqual(world.ask("GET", asked + info["app_secret"], token=None).json["token_type"], "bearer")
            self.assertEqual(world.ask("GET", asked + "wrong", token=None).status, 400)
            figures = world.graph("GET", f"{world.waba}?fields=analytics.start(1).end(9999999999).granularity(DAY)").json
            self.assertEqual(figures["analytics"]["data_points"][0]["sent"], 1)
        with Practice("--no-history") as world:
            self.assertEqual(world.graph("GET", world.phone + "/message_history").code, 100)


if __name__ == "__main__":
    unittest.main()
