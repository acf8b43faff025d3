"""Chromium through WebDriver; see browsers.py."""

import os

import browsers

try:
    from selenium import webdriver
    from selenium.common import exceptions
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
except ImportError as error:
    raise browsers.Missing("selenium is not installed: pip install selenium") from error

# What would speak on the network by itself.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,NetworkTimeServiceQuerying",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--disable-extensions",
)


class Chromium(browsers.Browser):
    name = "chromium"
    own_hosts = ("accounts.google.com", "update.googleapis.com")

    def launch(self):
        self.driver = None
        options = webdriver.ChromeOptions()
        options.binary_location = browsers.program(("chromium", "chromium-browser", "google-chrome"), "chromium")
        driver = browsers.program(("chromedriver",), "chromium-driver")
        # As root, and on most test machines, Chromium starts only without its process sandbox. The rules for pages
        # are the same.
        for word in QUIET + (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--lang=en-US",
            f"--user-data-dir={os.path.join(self.scratch, 'profile')}",
            f"--proxy-server=http://127.0.0.1:{self.proxy.port}",
            "--proxy-bypass-list=<-loopback>",
        ):
            options.add_argument(word)
        options.add_experimental_option(
            "prefs",
            {
                "download.default_directory": self.downloads,
                "download.prompt_for_download": False,
                "profile.default_content_setting_values.automatic_downloads": 1,
            },
        )
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        # Prompts stay open until a test answers them.
        options.set_capability("unhandledPromptBehavior", "ignore")
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver))
        self.driver.set_page_load_timeout(30)
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not self.javascript})

    def stop(self):
        if self.driver is not None:
            self.driver.quit()

    def navigate(self, address):
        self.driver.get(address)

    def address(self):
        return self.driver.current_url

    def run(self, script, *arguments):
        """Runs a function body in the page."""
        return self.driver.execute_script(script, *arguments)

    def run_later(self, script, *arguments):
        """Like `run`, for a body that hands its result to its last argument, a function."""
        return self.driver.execute_async_script(script, *arguments)

    def dark(self, on):
        """Sets what the page sees as the reader's wish for a dark or a light page."""
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "dark" if on else "light"}]},
        )

    def resize(self, width, height):
        """Sets the size of the page's view in CSS pixels."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def element(self, selector):
        try:
            return self.driver.find_element(By.CSS_SELECTOR, selector)
        except exceptions.NoSuchElementException as error:
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
        self.element(selector).send_keys("\n".join(paths))

    def press(self, keys):
        """Presses a key where the keyboard is: "a", "Enter", "Control+Enter", "Shift+Tab"."""
        held, last = browsers.chord(keys)
        chain = ActionChains(self.driver)
        for key in held:
            chain.key_down(key)
        chain.key_down(last).key_up(last)
        for key in reversed(held):
            chain.key_up(key)
        chain.perform()

    def dialog(self, timeout=0.0):
        """The text of the open prompt (alert, confirm), or None."""

        def text():
            try:
                return [self.driver.switch_to.alert.text or ""]
            except exceptions.NoAlertPresentException:
                return None

        found = self.wait(text, timeout)
        return found[0] if found else None

    def answer(self, accept=True):
        """Answers the open prompt."""
        prompt = self.driver.switch_to.alert
        prompt.accept() if accept else prompt.dismiss()

    def screenshot(self, path):
        self.driver.save_screenshot(path)

    def console(self):
        """What pages said on the console since the last call, blocked content included."""
        return [f"{entry['level'].lower()}: {entry['message']}" for entry in self.driver.get_log("browser")]
