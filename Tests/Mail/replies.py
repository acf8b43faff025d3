"""Answers to a digest as mail programs send them: their way of quoting, of breaking lines and of encoding."""

import email.message
import email.policy
import hashlib
import html
import mailbox as boxes

CLIENTS = [
    "as the link makes it", "Gmail", "Gmail, plain text", "Outlook", "Outlook, base64", "Thunderbird", "Thunderbird, HTML",
    "Apple Mail", "webmail that breaks lines",
]
SENDER = "Ivy Marsh <ivy.marsh@soc.larkfield.example.com>"
WROTE = "On Fri, Mar 13, 2026 at 5:00 PM Triage desk <triage@soc.larkfield.example.com> wrote:"


def mailbox(path, messages):
    """Saves messages as an mbox."""
    box = boxes.mbox(path)
    for message in messages:
        box.add(boxes.mboxMessage(message))
    box.close()


def reply(client, original, body, quoted=None):
    """The answer of one program.

    `body` is what a person leaves above the quoted digest; `quoted` is a mail of theirs that is quoted as well.
    """
    plain = original.get_body(("plain",)).get_content()
    page = original.get_body(("html",)).get_content()
    if quoted:
        # Both mails that decide, as somebody wrote them and got them back.
        plain = quoted.replace("\r\n", "\n") + "\n" + plain
        page = f"<p>{as_html(quoted)}</p>" + page
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"] = SENDER, "decisions@soc.larkfield.example.com"
    message["Subject"] = "Re: " + str(original["Subject"])
    message["Message-ID"] = f"<{hashlib.sha256((client + body).encode()).hexdigest()[:20]}@mail.example.com>"
    own = body.replace("\r\n", "\n")
    marked = "\n".join("> " + line for line in plain.splitlines())
    if client == "as the link makes it":
        message.set_content(own if not quoted else own + "\n" + marked, cte="quoted-printable")
    elif client == "Gmail, plain text":
        message.set_content(fill(own + "\n\n" + WROTE + "\n\n" + marked, 78), cte="quoted-printable")
    elif client == "Gmail":
        message.set_content(own + "\n\n" + WROTE + "\n\n" + marked, cte="quoted-printable")
        message.add_alternative(
            f'<div dir="ltr">{as_html(own)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
            f'{html.escape(WROTE)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">{page}'
            "</blockquote></div>", subtype="html", cte="quoted-printable")
    elif client in ("Outlook", "Outlook, base64"):
        head = ("From: Triage desk <triage@soc.larkfield.example.com>\nSent: Friday, March 13, 2026 5:00 PM\n"
                f"To: {SENDER}\nSubject: {original['Subject']}\n")
        cte = "base64" if client.endswith("base64") else "quoted-printable"
        message.set_content(own + "\n\n" + "_" * 32 + "\n" + head + "\n" + plain, cte=cte)
        message.add_alternative(
            f'<html><body><div class="WordSection1"><p class="MsoNormal">{as_html(own)}</p>'
            '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
            f'<p class="MsoNormal">{as_html(head)}</p></div></div>{page}</div></body></html>', subtype="html", cte=cte)
    elif client == "Thunderbird":
        message.set_content(flowed(own + "\n\n" + WROTE) + "\n" + marked, cte="8bit", params={"format": "flowed", "delsp": "yes"})
    elif client == "Thunderbird, HTML":
        message.set_content(
            f'<html><head></head><body><p>{as_html(own)}</p><div class="moz-cite-prefix">{html.escape(WROTE)}<br></div>'
            f'<blockquote type="cite" cite="mid:x@example.com">{page}</blockquote></body></html>', subtype="html", cte="base64")
    elif client == "Apple Mail":
        message.set_content(own + "\n\n> " + WROTE + "\n> \n" + marked, cte="quoted-printable")
        message.add_alternative(
            "<html><body>" + "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in own.splitlines()) +
            f'<div><br><blockquote type="cite"><div>{html.escape(WROTE)}</div>{page}</blockquote></div></body></html>',
            subtype="html", cte="quoted-printable")
    elif client == "webmail that breaks lines":
        message.set_content(fill(own, 72) + "\n\n" + WROTE + "\n" + marked, cte="base64")
    else:
        raise ValueError(client)
    return message


def as_html(text):
    return "<br>\n".join(html.escape(line) for line in text.splitlines())


def fill(text, width):
    """Breaks every line that is longer, words or no words; quoted lines keep their mark."""
    lines = []
    for line in text.splitlines():
        mark = "> " if line.startswith("> ") else ""
        rest = line[len(mark):]
        while len(rest) > width:
            lines.append(mark + rest[:width])
            rest = rest[width:]
        lines.append(mark + rest)
    return "\n".join(lines)


def flowed(text):
    """Lines broken as format=flowed with delsp has it."""
    lines = []
    for line in text.splitlines():
        while len(line) > 72:
            lines.append(line[:72] + " ")
            line = line[72:]
        lines.append(line.rstrip())
    return "\n".join(lines)
