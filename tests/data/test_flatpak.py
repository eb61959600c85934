#!/usr/bin/env python3
"""The Flatpak manifest: strict JSON in the usual order, nothing allowed that the program does not need, every source pinned."""

import glob
import re

from check import BASE_ID, done, expect, load_json, need, read, run, source

# Each permission, and the place in the sources that needs it. What is not here is not allowed.
JUSTIFIED = {
    "--share=ipc": ("X11 is slow without shared memory", None),
    "--share=network": ("messages", ("src/base/sb-http.c", "SoupSession")),
    "--socket=fallback-x11": ("desktops without Wayland", None),
    "--socket=wayland": ("the window", None),
    "--device=dri": ("drawing with the graphics card", None),
    "--socket=pulseaudio": ("voice messages: heard and recorded", ("src/ui/chat/sb-voice-recorder.c", "autoaudiosrc")),
}
ORDER = ["id", "runtime", "runtime-version", "sdk", "command", "finish-args", "cleanup", "modules"]
MODULE_ORDER = ["name", "buildsystem", "builddir", "subdir", "config-opts", "cleanup", "post-install", "sources"]
# What the build asks for and the runtime lacks; the rest is in the runtime.
BUNDLED = {"sodium_dep": "libsodium", "phonenumber_dep": "libphonenumber", "xlsxwriter_dep": "libxlsxwriter", "spelling_dep": "libspelling"}
OLDEST_RUNTIME = 48

need("flatpak-builder")


def check_source(name, origin, development):
    kind = origin.get("type")
    if kind == "dir":
        expect(development and name == "shopbell", f"{name}: a folder as source")
        return
    url = origin.get("url", "")
    expect(url.startswith("https://"), f"{name}: {url} is not https")
    for weak in ("md5", "sha1", "branch"):
        expect(weak not in origin, f"{name}: {weak}")
    if kind in ("archive", "file"):
        expect(re.fullmatch(r"[0-9a-f]{64}", origin.get("sha256", "")), f"{name}: no sha256")
    elif kind == "git":
        expect(re.fullmatch(r"[0-9a-f]{40}", origin.get("commit", "")) and "tag" in origin, f"{name}: no tag with its commit")
    else:
        expect(False, f"{name}: a source of type {kind}")
    expect("x-checker-data" in origin, f"{name}: nothing says where newer versions appear")
    template = origin.get("x-checker-data", {}).get("url-template", "")
    expect(not template or url.split("/")[2] == template.split("/")[2], f"{name}: newer versions would come from elsewhere")


def check_module(module, development):
    name = module.get("name")
    keys = list(module)
    expect(keys == sorted(keys, key=lambda key: MODULE_ORDER.index(key) if key in MODULE_ORDER else 99), f"{name}: order of its keys {keys}")
    expect(set(keys) <= set(MODULE_ORDER), f"{name}: {sorted(set(keys) - set(MODULE_ORDER))}")
    expect(len(module.get("sources", [])) > 0, f"{name}: no source")
    for origin in module.get("sources", []):
        check_source(name, origin, development)


def check_manifest(path):
    text, manifest = read(path), load_json(path)
    if manifest is None:
        return
    name = path.split("/")[-1][:-len(".json")]
    development = name.endswith(".Devel")
    expect(text.endswith("}\n") and "\r" not in text and "\t" not in text, f"{name}: line ends or tabs")
    expect(list(manifest) == ORDER, f"{name}: keys {list(manifest)}")
    expect(manifest["id"] == name and name in (BASE_ID, BASE_ID + ".Devel"), f"{name}: id {manifest['id']}")
    expect(manifest["command"] == "shopbell" and "executable('shopbell'" in read(source("src", "ui", "meson.build")), f"{name}: command")
    expect(manifest["runtime"] == "org.gnome.Platform" and manifest["sdk"] == "org.gnome.Sdk", f"{name}: runtime")
    expect(int(manifest["runtime-version"]) >= OLDEST_RUNTIME, f"{name}: the runtime is older than the floor")
    given = manifest["finish-args"]
    expect(len(given) == len(set(given)), f"{name}: a permission stands twice")
    for permission in given:
        if expect(permission in JUSTIFIED, f"{name}: {permission} is not justified") and JUSTIFIED[permission][1]:
            where, word = JUSTIFIED[permission][1]
            expect(word in read(source(where)), f"{name}: {where} does not need {permission} any more")
    for permission in ("--share=ipc", "--socket=wayland", "--socket=fallback-x11"):
        expect(permission in given, f"{name}: without {permission} there is no window")
    for module in manifest["modules"]:
        check_module(module, development)
    names = [module["name"] for module in manifest["modules"]]
    expect(names[-1] == "shopbell", f"{name}: Shopbell is not the last module")
    top = read(source("meson.build")) + read(source("src", "ui", "meson.build"))
    for dependency, module in BUNDLED.items():
        expect(dependency in top, f"{dependency} is gone: {module} need not be bundled")
        expect(module in names, f"{name}: {module} is not in the runtime and not bundled")
    order = [names.index(module) for module in ("abseil", "protobuf", "libphonenumber") if module in names]
    expect(len(order) == 3 and order == sorted(order), f"{name}: libphonenumber is built before what it needs")
    options = " ".join(manifest["modules"][-1].get("config-opts", []))
    expect(("-Dprofile=development" if development else "-Dprofile=default") in options, f"{name}: another profile")
    run("flatpak-builder", "--show-manifest", path)


# Secrets go through the portal inside a sandbox as long as only the simple calls of libsecret are used.
expect("secret_service_" not in read(source("src", "engine", "sb-secrets.c")), "sb-secrets.c talks to the service: the portal is passed by")
manifests = glob.glob(source("flatpak", "*.json"))
expect(manifests, "no manifest")
for manifest in manifests:
    check_manifest(manifest)

done()
