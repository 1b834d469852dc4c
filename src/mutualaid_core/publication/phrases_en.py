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
    "days_one": "{count} day",
    "days_many": "{count} days",
    "times_one": "{count} time",
    "times_many": "{count} times",
    "shares_one": "{count} share",
    "shares_many": "{count} shares",
    "span_period": "before in the period",
    "span_lifetime": "before in all periods",
    # the frame of a decision
    "opening": "Claim {claim} was decided on {day} under scheme version {version} and policy {policy}.",
    "step": "{rule}: {told}. [rule {code}; parameter {parameter}, source {source}; clauses {clauses}]",
    "reason": "Reason: {text} ({name}, clause {clause}). {advice}",
    "remedy": "What to do: {remedy}.",
    "no_remedy": (
        "No step mends this; if a fact above is wrong, ask the union that handles the claim, with proof, "
        "to correct it."
    ),
    "trace_opening": "Computed under scheme version {version} and policy {policy}.",
    "class": "by class of {fact}",
    "class_told": "by class of {fact}, which is {value}",
    "classed": "{told} ({chosen})",
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
    "applies": "{benefit} (“{name}”) applies, for the event: {event}; it is {basis}",
    "own_name": "“{name}”",
    "benefit_paid": "paid by benefit {benefit}",
    "waiting": (
        "the event falls on day {day} of cover, within the waiting period up to day {last}, for which "
        "{pays} is paid instead of the benefit"
    ),
    "waiting_shares": (
        "the event falls on day {day} of cover, within the waiting period up to day {last}, for which a sum "
        "is paid instead of the benefit: {pays} × {shares} = {after}"
    ),
    "waiting_nothing": (
        "the event falls on day {day} of cover, within the waiting period up to day {last}, for which "
        "nothing is paid"
    ),
    "days": "{stay} in hospital ({counted})",
    "days_first": ", of which those from day {first} on count: {days}",
    "days_as_told": "as the claim tells them",
    "event": "paid for the event itself, {times}",
    "accumulation": (
        "{over} are added up: {earlier} before + {base} now = {sum}, from which the steps start"
    ),
    "less_earlier": "{before} {minus} what the earlier claims came to, {earlier} = {after}",
    "less_earlier_above": "{before} is not above what the earlier claims came to, {earlier}: {after}",
    "bands_below": "{before} is not above {below}, where the first band begins: {after}",
    "bands_top": (
        "the part above {top} lies outside the last band and is paid nothing; for {before} the bands add "
        "up to {after}"
    ),
    "slab": (
        "{before} is above {above} and not above {up_to}; the whole amount is paid by this band: {before} "
        "× {ratio} = {share}"
    ),
    "slab_open": (
        "{before} is above {above}; the whole amount is paid by this band: {before} × {ratio} = {share}"
    ),
    "table_below": "{before} is not above {below}, where the first band begins: {after}",
    "share_most": "{product}, at most {most} for this band, that is {share}",
    "sum_band": "{before} is above {above} and not above {up_to}; this band gives the sum of {sum}",
    "sum_band_open": "{before} is above {above}; this band gives the sum of {sum}",
    "share": "{before} × {ratio} = {after}",
    "at_most_within": "{before} is not above the upper bound of {most}: {after}",
    "at_most_cut": "{before} is above the upper bound of {most} and is cut to {after}",
    "times_shares": "{before} × {shares} = {after}",
    "times_shares_void": "{before} × {shares} = {after} ({held} are held, those beyond are void)",
    "day_table": "for {days} the row from day {first} to day {last} holds; paid: {paid}",
    "day_table_open": "for {days} the row from day {first} on holds; paid: {paid}",
    "day_table_nothing": "{days}: no day is paid",
    "days_limit_within": (
        "limit for {per}: {most} {minus} {used} used before; {days} asked for stay within it; paid: {paid}"
    ),
    "days_limit_cut": (
        "limit for {per}: {most} {minus} {used} used before; {days} asked for go beyond it; paid: {paid}"
    ),
    "per_day": "{days} × {per_day} per day = {after}",
    "fixed_sum": "the fixed sum of {after}",
    "deductible": "{before} {minus} deductible {deductible} = {after}",
    "deductible_above": "{before} is not above the deductible {deductible}, {after} is left",
    "band": (
        "band {number}, the part above {above} and up to {up_to}: {part} × {ratio} = {share}; "
        "running sum {summed}"
    ),
    "band_open": "band {number}, the part above {above}: {part} × {ratio} = {share}; running sum {summed}",
    "share_rounded": "{product}, rounded to {share}",
    "rounding": "the bands add up to {exact}; {mode} to {unit}, {place}, that is {after}",
    "rounding_plain": "{exact} is {mode} to {unit}, {place}, that is {after}",
    "rounding_end": "once, at the end",
    "fen": "the fen",
    "minimum_within": "{before} is raised to the minimum of {minimum}: {after}",
    "minimum_limited": "raised towards the minimum of {minimum}, limited to the base of {base}: {after}",
    "minimum_beyond": (
        "{before} is raised to the minimum of {minimum} (it may exceed the {base} borne): {after}"
    ),
    "indemnity": "{formula} = {after}; {before} is above this and is cut to {after}",
    "indemnity_nothing": "{formula} leaves nothing; {before} is cut to {after}",
    "cap_within": (
        "cap {cap} {minus} granted {span} {granted} = {before_left}; {before} is not above "
        "this: {after}; the cap then leaves {left}"
    ),
    "cap_cut": (
        "cap {cap} {minus} granted {span} {granted} = {before_left}; {before} is above this "
        "and is cut to {after}; the cap then leaves {left}"
    ),
    "cap_exhausted": (
        "{granted} was granted {span} and uses up the cap {cap}; {before} is cut to {after}; "
        "the cap then leaves {left}"
    ),
    "indemnity_base": "a benefit is not above its base of {base}; {before} is cut to {after}",
    "cap_refused": (
        "cap {cap} {minus} granted {span} {granted} = {before_left}; {before} is above this and is refused "
        "as a whole: {after}; the cap then leaves {left}"
    ),
    "cap_shares": "{cap} ({per_share} × {shares})",
    "claim_within": "the cap of a claim is {cap}; {before} is not above this: {after}",
    "claim_cut": "the cap of a claim is {cap}; {before} is above this and is cut to {after}",
    "claim_refused": (
        "the cap of a claim is {cap}; {before} is above this and is refused as a whole: {after}"
    ),
    "payments_within": "payments allowed for {per}: {most}; made before: {used}; {before} can be paid",
    "payments_used_up": (
        "payments allowed for {per}: {most}; made before: {used}, which uses them up; {before} is cut to "
        "{after}"
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
    # what differs between two computations
    "differ_amount": "The benefit goes from {before} to {after}: {effect}.",
    "differ_same": "The benefit is the same: {before}.",
    "differ_version": "Scheme version {before} becomes {after}.",
    "differ_reasons_added": "New reasons: {reasons}.",
    "differ_reasons_left_out": "Reasons no longer there: {reasons}.",
    "differ_no_step": "No step differs.",
    "differ_step": "{rule}: {changes}. [parameter {parameter}]",
    "differ_added": "{rule}: a step is added: {told}. [parameter {parameter}]",
    "differ_left_out": "{rule}: a step is left out: {told}. [parameter {parameter}]",
    "differ_value": "{name} goes from {before} to {after}",
    "differ_fact": "{name} goes from {before} to {after}",
    "differ_gives": "the result goes from {before} to {after} ({effect})",
    "differ_source": "the source",
    "differ_none": "(none)",
    "differ_more": "{amount} more",
    "differ_less": "{amount} less",
    "differ_join": "; ",
    "yes": "yes",
    "no": "no",
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
