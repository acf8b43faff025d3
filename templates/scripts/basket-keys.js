/* Keys for people who decide all day: each does what an ordinary control does. They are off while something is typed, and can be
   switched off (WCAG 2.1.4). */
class BasketKeys {
  constructor(view) {
    this.view = view;
    this.listing = view.listing;
    this.current = null;
    this.help = document.querySelector("dialog.keys");
    this.isOn = this.help.querySelector("[name=keys]");
    // A key of the list means nothing while another section of the page is shown.
    this.isShown = () => this.listing.root.offsetParent !== null;
    document.addEventListener("keydown", (event) => this.press(event));
    this.listing.root.addEventListener("focusin", (event) => {
      const row = view.rowOf(event.target);
      if (row !== undefined) this.mark(row);
    });
    this.help.querySelector("[name=close]").addEventListener("click", () => this.help.close());
    document.querySelector("button[name=help]").addEventListener("click", () => this.help.showModal());
  }

  mark(row) {
    this.current?.tr.classList.remove("current");
    this.current = row;
    row.tr.classList.add("current");
  }

  go(step) {
    const rows = this.listing.window;
    if (rows.length === 0) return;
    const at = rows.indexOf(this.current);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    this.show(rows[next]);
  }

  show(row) {
    this.mark(row);
    row.tr.querySelector(".go").focus({ preventScroll: true });
    row.tr.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.help.open || !this.isOn.checked || !this.isShown()) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const { view, current } = this;
    const actions = {
      j: () => this.go(1), k: () => this.go(-1), "/": () => view.tools.find.focus(), "?": () => this.help.showModal(),
      a: () => current !== null && view.decide(current, "approve"),
      r: () => current !== null && view.decide(current, "reject"),
      x: () => { if (current !== null) { view.pick(current, !current.box.checked); view.showBulk(); } },
      c: () => this.comment(),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  comment() {
    if (this.current === null) return;
    if (this.current.note === null) this.view.say("Approve or reject first: then the comment stands below the row.");
    else this.current.note.querySelector("input").focus();
  }
}
