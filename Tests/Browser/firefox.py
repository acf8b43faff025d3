"""Firefox ESR through Marionette; see browsers.py."""

import os
import re
import socket

import browsers

try:
    from marionette_driver import errors
    from marionette_driver.by import By
    from marionette_driver.marionette import Alert, Marionette
except ImportError as error:
    raise browsers.Missing("marionette-driver is not installed: pip install marionette-driver") from error

SYSTEM = "chrome"
# What the browser itself logs starts with a name; what a page logs is quoted.
OWN_WORDS = re.compile(r"console\.\w+: [A-Za-z][\w. ]*:")

PREFERENCES = {
    # Automation would lift the rule that a file may not read its neighbour. This leaves it.
    "remote.prefs.recommended": False,
    "security.fileuri.strict_origin_policy": True,
    "dom.disable_beforeunload": False,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.download.alwaysOpenPanel": False,
    "browser.download.manager.showAlertOnComplete": False,
    "browser.helperApps.neverAsk.saveToDisk": "application/json,text/csv,text/plain,application/octet-stream",
    "intl.accept_languages": "en-US, en",
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.newtabpage.enabled": False,
    # What would speak on the network by itself.
    "app.update.auto": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.search.update": False,
    "browser.ml.enable": False,
    "dom.push.enabled": False,
    "network.trr.mode": 5,
    "network.http.speculative-parallel-limit": 0,
    "nimbus.rollouts.enabled": False,
    "app.normandy.enabled": False,
    "app.shield.optoutstudies.enabled": False,
    "privacy.query_stripping.enabled": False,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.unified": False,
    # The log gets what pages say on the console, and not what the browser says.
    "devtools.console.stdout.content": True,
    "devtools.console.stdout.chrome": False,
}


class Firefox(browsers.Browser):
    name = "firefox"

    def launch(self):
        self.client = None
        self.log, self.read = os.path.join(self.scratch, "log"), 0
        program = browsers.program(("firefox-esr", "firefox"), "firefox-esr")
        wanted = dict(
            PREFERENCES,
            **{
                "browser.download.dir": self.downloads,
                "javascript.enabled": self.javascript,
                "network.proxy.type": 1,
                "network.proxy.http": "127.0.0.1",
                "network.proxy.http_port": self.proxy.port,
                "network.proxy.ssl": "127.0.0.1",
                "network.proxy.ssl_port": self.proxy.port,
                "network.proxy.no_proxies_on": "",
                "network.proxy.allow_hijacking_localhost": True,
            },
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # Makes the preference that points the browser's own updates at nothing hold in a release build.
        os.environ["MOZ_REMOTE_SETTINGS_DEVTOOLS"] = "1"
        self.client = Marionette(
            app="fxdesktop",
            bin=program,
            host="127.0.0.1",
            port=port,
            headless=True,
            prefs=wanted,
            workspace=self.scratch,
            gecko_log=self.log,
            startup_timeout=60,
        )
        # Prompts stay open until a test answers them.
        self.client.start_session({"unhandledPromptBehavior": "ignore"})
        self.client.timeout.page_load = 30

    def stop(self):
        if self.client is not None:
            self.client.cleanup()
            self.client = None

    def navigate(self, address):
        self.client.navigate(address)

    def address(self):
        return self.client.get_url()

    def run(self, script, *arguments):
        """Runs a function body in the page."""
        return self.client.execute_script(script, script_args=arguments, sandbox=None, new_sandbox=False)

    def run_later(self, script, *arguments):
        """Like `run`, for a body that hands its result to its last argument, a function."""
        return self.client.execute_async_script(script, script_args=arguments, sandbox=None, new_sandbox=False)

    def run_inside(self, script, *arguments):
        """Runs a function body in the browser itself."""
        with self.client.using_context(SYSTEM):
            return self.client.execute_script(script, script_args=arguments)

    def dark(self, on):
        """Sets what the page sees as the reader's wish for a dark or a light page."""
        self.client.set_pref("layout.css.prefers-color-scheme.content-override", 0 if on else 1)

    def resize(self, width, height):
        """Sets the size of the page's view in CSS pixels, also narrower than a window can be."""
        self.client.set_window_rect(width=max(width, 500) + 40, height=height + 200)
        self.run_inside(
            "for (const [name, value] of [['width', arguments[0]], ['height', arguments[1]]])"
            "  for (const bound of ['min-', 'max-', ''])"
            "    gBrowser.selectedBrowser.style.setProperty(bound + name, value + 'px', 'important');",
            width,
            height,
        )
        self.wait(lambda: self.run("return innerWidth") == width)

    def element(self, selector):
        try:
            return self.client.find_element(By.CSS_SELECTOR, selector)
        except errors.NoSuchElementException as error:
            raise LookupError(f"nothing matches {selector}") from error

    def click(self, selector):
        self.element(selector).click()

    def type(self, selector, text):
        """Types into the first match, behind what stands there."""
        self.element(selector).send_keys(text)

    def clear(self, selector):
        self.element(selector).clear()

    def choose(self, selector, *paths):
        """Chooses files in a file field."""
        for path in paths:
            self.element(selector).send_keys(path)

    def press(self, keys):
        """Presses a key where the keyboard is: "a", "Enter", "Control+Enter", "Shift+Tab"."""
        held, last = browsers.chord(keys)
        sequence = self.client.actions.sequence("key", "keyboard")
        for key in held:
            sequence.key_down(key)
        sequence.key_down(last).key_up(last)
        for key in reversed(held):
            sequence.key_up(key)
        sequence.perform()

    def dialog(self, timeout=0.0):
        """The text of the open prompt (alert, confirm), or None."""

        def text():
            try:
                return [Alert(self.client).text or ""]
            except errors.NoAlertPresentException:
                return None

        found = self.wait(text, timeout)
        return found[0] if found else None

    def answer(self, accept=True):
        """Answers the open prompt."""
        prompt = Alert(self.client)
        prompt.accept() if accept else prompt.dismiss()

    def screenshot(self, path):
        with open(path, "wb") as file:
            self.client.save_screenshot(file, full=False)

    def console(self):
        """What pages said on the console since the last call, blocked content included."""
        said = self.run_inside("""
            const lines = [];
            for (const message of Services.console.getMessageArray()) {
              if (!(message instanceof Ci.nsIScriptError)) { continue; }
              const isOfPage = /^(file|data|blob|https?):/.test(message.sourceName);
              if (!isOfPage && !/CSP|content/.test(message.category)) { continue; }
              lines.push(`${message.category}: ${message.sourceName}: ${message.errorMessage}`);
            }
            Services.console.reset();
            return lines;
        """)
        with open(self.log, encoding="utf-8", errors="replace") as file:
            file.seek(self.read)
            text = file.read()
            self.read = file.tell()
        return said + [line for line in text.splitlines() if line.startswith("console.") and not OWN_WORDS.match(line)]
