"""Sentences in English; ``phrases_zh`` holds the same keys with the same places."""

from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, str]] = {
    # values
    "amount": "{yuan} yuan",
    "amount_and_fraction": "{yuan} yuan and {numerator}/{denominator} fen",
    "day": "{day} {month} {year}",
    "join": ", ",
    "code": "{name} ({code})",
    # the frame of a decision
    "opening": "Claim {claim} was decided on {day} under scheme version {version} and policy {policy}.",
    "step": "{rule}: {told}. [rule {code}; parameter {parameter}, source {source}; clauses {clauses}]",
    "reason": "Reason: {text} ({name}, clause {clause}). {advice}",
    "remedy": "What to do: {remedy}.",
    "no_remedy": (
        "No step mends this; if a fact above is wrong, ask the union that handles the claim, with proof, "
        "to correct it."
    ),
    # steps
    "period_inside": (
        "the {by}, {day}, puts the stay into a period; it lies within period {period} ({first} to {last}), "
        "so scheme version {version} applies"
    ),
    "period_outside": (
        "the {by}, {day}, puts the stay into a period; it lies outside period {period} ({first} to {last}), "
        "scheme version {version}"
    ),
    "admission_passed": "admitted. Facts looked at: {facts}",
    "admission_refused": "not admitted, because: {reasons}. Facts looked at: {facts}",
    "admission_facts": (
        "kind of care {care}, insurance {insurance}, hospital {hospital}, admitted on {admitted}, "
        "discharged on {discharged}, filed on {filed}, last day for filing {last_day} "
        "({days} days after discharge)"
    ),
    "term": "{label} {amount}",
    "base": "{formula} = {after}",
    "base_below_zero": "{formula} = {sum}, which is below zero and counts as {after}",
    "deductible": "{before} {minus} deductible {deductible} = {after}",
    "deductible_above": "{before} is not above the deductible {deductible}, {after} is left",
    "band": (
        "band {number}, the part above {above} and up to {up_to}: {part} × {ratio} = {share}; "
        "running sum {summed}"
    ),
    "band_open": "band {number}, the part above {above}: {part} × {ratio} = {share}; running sum {summed}",
    "share_rounded": "{product}, rounded to {share}",
    "rounding": "the bands add up to {exact}; {mode} to the fen, {place}, that is {after}",
    "minimum_within": "{before} is raised to the minimum of {minimum}: {after}",
    "minimum_limited": "raised towards the minimum of {minimum}, limited to the base of {base}: {after}",
    "minimum_beyond": (
        "{before} is raised to the minimum of {minimum} (it may exceed the {base} borne): {after}"
    ),
    "indemnity": "{formula} = {after}; {before} is above this and is cut to {after}",
    "indemnity_nothing": "{formula} leaves nothing; {before} is cut to {after}",
    "cap_within": (
        "cap {cap} {minus} granted before in the period {granted} = {before_left}; {before} is not above "
        "this: {after}; the cap then leaves {left}"
    ),
    "cap_cut": (
        "cap {cap} {minus} granted before in the period {granted} = {before_left}; {before} is above this "
        "and is cut to {after}; the cap then leaves {left}"
    ),
    "cap_exhausted": (
        "{granted} was granted before in the period and uses up the cap {cap}; {before} is cut to {after}; "
        "the cap then leaves {left}"
    ),
    "benefit": "granted {after}; outcome: {outcome}; leading reason: {reason}",
    # conclusions, by outcome
    "conclusion_PASS": "Conclusion: passed, granted {benefit}.",
    "conclusion_PASS_nothing": "Conclusion: passed, but the benefit is nothing: granted {benefit}.",
    "conclusion_FLAG": "Conclusion: granted {benefit}, and a finding is recorded.",
    "conclusion_CRITICAL": (
        "Conclusion: granted {benefit}, and a finding is recorded; the period cannot be closed until it is "
        "settled."
    ),
    "conclusion_HOLD": (
        "Conclusion: held, granted {benefit} at present; once the points above are settled the claim goes on "
        "and need not be filed again."
    ),
    "conclusion_REJECT": "Conclusion: refused.",
    # what became of it
    "paid": "Paid on {day}: {amount}.",
    "paid_instalment": "Instalment {instalment} paid on {day}: {amount}.",
    "not_paid": "Not paid yet.",
    # groups of a disclosure
    "group_quarter": "quarter {quarter} of {year}",
    "group_first": "up to {up_to} yuan",
    "group_between": "above {above}, up to {up_to} yuan",
    "group_above": "above {above} yuan",
}
"""Every sentence by its key."""
