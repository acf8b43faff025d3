"""How the parts of a CACAO playbook hang together: its steps, and what they name.

CACAO Security Playbooks Version 2.0, Committee Specification 01 (27 November 2023): 3.1 playbook, 4 workflow steps, 10 data types. The
playbook's parts have the shapes that cacao_schema checks.
"""

import graphlib
import re

VARIABLE_NAME = r"__[a-zA-Z][a-zA-Z0-9_-]{0,199}__"
NEXT = ("on_completion", "on_success", "on_failure")


def wrong_steps(workflow):
    """4.1, 4.3, 4.4, 4.7: which step may name which as the next."""
    for name, step in workflow.items():
        if step["type"] != "end" and ("on_completion" in step) == ("on_success" in step):
            yield f"{name} has not exactly one of on_completion and on_success"
        if "on_completion" in step and "on_failure" in step:
            yield f"{name} has both on_completion and on_failure"
        if len(step.get("next_steps", [1, 2])) < 2:
            yield f"{name} has one step only to do at the same time"
    kinds = [step["type"] for step in workflow.values()]
    if kinds.count("start") != 1 or not {"action", "playbook-action"} & set(kinds):
        yield "workflow has not one start step and an action"


def wrong_paths(playbook):
    """3.1, 4: each step is there, is reached, and comes to an end of its own branch; none comes back to itself."""
    workflow, after, branches = playbook["workflow"], {}, {}
    for name, step in workflow.items():
        branches[name] = step.get("next_steps", []) + [step[key] for key in ("on_true", "on_false") if key in step]
        branches[name] += step.get("cases", {}).values()
        after[name] = [step[key] for key in NEXT if key in step]
    first = [playbook[key] for key in ("workflow_start", "workflow_exception") if key in playbook]
    unknown = {one for some in (first, *branches.values(), *after.values()) for one in some} - set(workflow)
    if unknown:
        yield from (f"step {one} does not exist" for one in sorted(unknown))
        return
    reached, ahead = set(), list(first)
    while ahead:
        if (one := ahead.pop()) not in reached:
            reached.add(one)
            ahead += branches[one] + after[one]
    yield from (f"step {one} is never reached" for one in sorted(set(workflow) - reached))
    try:
        backwards = list(graphlib.TopologicalSorter({name: branches[name] + after[name] for name in workflow}).static_order())
    except graphlib.CycleError as error:
        yield f"steps go round: {error.args[1][0]}"
        return
    ends = {}
    for one in backwards:
        ends[one] = {one} if workflow[one]["type"] == "end" else set().union(*(ends[name] for name in branches[one] + after[one]))
        apart = [ends[name] for name in branches[one]] + [set().union(*(ends[name] for name in after[one]))]
        if branches[one] and sum(map(len, apart)) > len(set().union(*apart)):
            yield f"branches of {one} do not have ends of their own"


def strings(value):
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def wrong_references(playbook, kept_under):
    """What a part of the playbook names, and the playbook does not define; `kept_under` are the dictionaries that define."""
    defined = {name: set(playbook.get(name, {})) for name in (*kept_under, "playbook_variables")}

    def missing(names, kept, where):
        return (f"{where} names {one}, which {kept} does not have" for one in names if one not in defined[kept])
    yield from missing(playbook.get("markings", []), "data_marking_definitions", "markings")
    for name, step in playbook["workflow"].items():
        yield from missing([step["agent"]] if "agent" in step else [], "agent_definitions", name)
        yield from missing(step.get("targets", []), "target_definitions", name)
        used = {*step.get("in_args", []), *step.get("out_args", [])}
        used |= {found for one in strings(step) for found in re.findall(rf"({VARIABLE_NAME}):value", one)}
        yield from missing(sorted(used - set(step.get("step_variables", {}))), "playbook_variables", name)
    for owner in [playbook, *(one for kept in kept_under for one in playbook.get(kept, {}).values())]:
        for key, some in owner.items():
            yield from missing(some if key.endswith("_extensions") else [], "extension_definitions", key)
