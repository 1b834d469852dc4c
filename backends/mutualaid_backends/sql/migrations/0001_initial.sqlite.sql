-- The first form of the store. Written by hand; a test compares it with what the port declares.
-- Keys are bytes, so nothing folds them. Money is whole fen. Days are ISO text, which sorts as days do.
-- Every statement may be run again, so that an interrupted run is simply repeated.

CREATE TABLE IF NOT EXISTS meta (
  name TEXT COLLATE BINARY NOT NULL PRIMARY KEY,
  value TEXT COLLATE BINARY NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS receipt (
  key BLOB NOT NULL PRIMARY KEY,
  fingerprint BLOB NOT NULL,
  outcome BLOB NOT NULL,
  positions TEXT COLLATE BINARY NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS counter (
  key BLOB NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL,
  lo INTEGER NOT NULL,
  hi INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT counter_bounds CHECK (value BETWEEN lo AND hi)
) STRICT;

CREATE TABLE IF NOT EXISTS head (
  chain BLOB NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  frontier BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS event (
  chain BLOB NOT NULL,
  position INTEGER NOT NULL,
  prev BLOB NOT NULL,
  hash BLOB NOT NULL,
  batch_key BLOB NOT NULL,
  body BLOB NOT NULL,
  act TEXT COLLATE BINARY,
  actor TEXT COLLATE BINARY,
  business_on TEXT COLLATE BINARY,
  recorded_at_us INTEGER,
  subject TEXT COLLATE BINARY,
  seal BLOB NOT NULL,
  PRIMARY KEY (chain, position)
) STRICT;

-- A table per kind, with an index per field that a page can be asked by.

CREATE TABLE IF NOT EXISTS policy (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  valid_from TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS policy_valid_from ON policy (valid_from, key);

CREATE TABLE IF NOT EXISTS pool (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  name TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS pool_name ON pool (name, key);

CREATE TABLE IF NOT EXISTS scheme (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  pool_id TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS scheme_pool_id ON scheme (pool_id, key);

CREATE TABLE IF NOT EXISTS scheme_version (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  first_day TEXT COLLATE BINARY,
  last_day TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS scheme_version_scheme_id ON scheme_version (scheme_id, key);
CREATE INDEX IF NOT EXISTS scheme_version_first_day ON scheme_version (first_day, key);
CREATE INDEX IF NOT EXISTS scheme_version_last_day ON scheme_version (last_day, key);

CREATE TABLE IF NOT EXISTS period (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  first_day TEXT COLLATE BINARY,
  last_day TEXT COLLATE BINARY,
  state TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS period_scheme_id ON period (scheme_id, key);
CREATE INDEX IF NOT EXISTS period_first_day ON period (first_day, key);
CREATE INDEX IF NOT EXISTS period_last_day ON period (last_day, key);
CREATE INDEX IF NOT EXISTS period_state ON period (state, key);

CREATE TABLE IF NOT EXISTS unit (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  pool_id TEXT COLLATE BINARY,
  name TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS unit_pool_id ON unit (pool_id, key);
CREATE INDEX IF NOT EXISTS unit_name ON unit (name, key);

CREATE TABLE IF NOT EXISTS admission (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  unit_id TEXT COLLATE BINARY,
  outcome TEXT COLLATE BINARY,
  eligible INTEGER,
  enrolled INTEGER,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS admission_scheme_id ON admission (scheme_id, key);
CREATE INDEX IF NOT EXISTS admission_period_id ON admission (period_id, key);
CREATE INDEX IF NOT EXISTS admission_unit_id ON admission (unit_id, key);
CREATE INDEX IF NOT EXISTS admission_outcome ON admission (outcome, key);
CREATE INDEX IF NOT EXISTS admission_eligible ON admission (eligible, key);
CREATE INDEX IF NOT EXISTS admission_enrolled ON admission (enrolled, key);

CREATE TABLE IF NOT EXISTS member (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  birth_year INTEGER,
  sex INTEGER,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS member_birth_year ON member (birth_year, key);
CREATE INDEX IF NOT EXISTS member_sex ON member (sex, key);

CREATE TABLE IF NOT EXISTS enrolment (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  unit_id TEXT COLLATE BINARY,
  first_day TEXT COLLATE BINARY,
  last_day TEXT COLLATE BINARY,
  rejoined INTEGER,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS enrolment_scheme_id ON enrolment (scheme_id, key);
CREATE INDEX IF NOT EXISTS enrolment_period_id ON enrolment (period_id, key);
CREATE INDEX IF NOT EXISTS enrolment_member_id ON enrolment (member_id, key);
CREATE INDEX IF NOT EXISTS enrolment_unit_id ON enrolment (unit_id, key);
CREATE INDEX IF NOT EXISTS enrolment_first_day ON enrolment (first_day, key);
CREATE INDEX IF NOT EXISTS enrolment_last_day ON enrolment (last_day, key);
CREATE INDEX IF NOT EXISTS enrolment_rejoined ON enrolment (rejoined, key);

CREATE TABLE IF NOT EXISTS contribution (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  unit_id TEXT COLLATE BINARY,
  received_on TEXT COLLATE BINARY,
  amount_fen INTEGER,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS contribution_scheme_id ON contribution (scheme_id, key);
CREATE INDEX IF NOT EXISTS contribution_period_id ON contribution (period_id, key);
CREATE INDEX IF NOT EXISTS contribution_member_id ON contribution (member_id, key);
CREATE INDEX IF NOT EXISTS contribution_unit_id ON contribution (unit_id, key);
CREATE INDEX IF NOT EXISTS contribution_received_on ON contribution (received_on, key);
CREATE INDEX IF NOT EXISTS contribution_amount_fen ON contribution (amount_fen, key);

CREATE TABLE IF NOT EXISTS settlement (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  admitted_on TEXT COLLATE BINARY,
  discharged_on TEXT COLLATE BINARY,
  in_scope_fen INTEGER,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS settlement_admitted_on ON settlement (admitted_on, key);
CREATE INDEX IF NOT EXISTS settlement_discharged_on ON settlement (discharged_on, key);
CREATE INDEX IF NOT EXISTS settlement_in_scope_fen ON settlement (in_scope_fen, key);

CREATE TABLE IF NOT EXISTS claim (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  settlement_id TEXT COLLATE BINARY,
  discharged_on TEXT COLLATE BINARY,
  state TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS claim_scheme_id ON claim (scheme_id, key);
CREATE INDEX IF NOT EXISTS claim_period_id ON claim (period_id, key);
CREATE INDEX IF NOT EXISTS claim_member_id ON claim (member_id, key);
CREATE INDEX IF NOT EXISTS claim_settlement_id ON claim (settlement_id, key);
CREATE INDEX IF NOT EXISTS claim_discharged_on ON claim (discharged_on, key);
CREATE INDEX IF NOT EXISTS claim_state ON claim (state, key);

CREATE TABLE IF NOT EXISTS decision (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  claim_id TEXT COLLATE BINARY,
  outcome TEXT COLLATE BINARY,
  reason TEXT COLLATE BINARY,
  base_fen INTEGER,
  benefit_fen INTEGER,
  decided_on TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS decision_scheme_id ON decision (scheme_id, key);
CREATE INDEX IF NOT EXISTS decision_period_id ON decision (period_id, key);
CREATE INDEX IF NOT EXISTS decision_member_id ON decision (member_id, key);
CREATE INDEX IF NOT EXISTS decision_claim_id ON decision (claim_id, key);
CREATE INDEX IF NOT EXISTS decision_outcome ON decision (outcome, key);
CREATE INDEX IF NOT EXISTS decision_reason ON decision (reason, key);
CREATE INDEX IF NOT EXISTS decision_base_fen ON decision (base_fen, key);
CREATE INDEX IF NOT EXISTS decision_benefit_fen ON decision (benefit_fen, key);
CREATE INDEX IF NOT EXISTS decision_decided_on ON decision (decided_on, key);

CREATE TABLE IF NOT EXISTS payment (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  claim_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  amount_fen INTEGER,
  paid_on TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS payment_scheme_id ON payment (scheme_id, key);
CREATE INDEX IF NOT EXISTS payment_period_id ON payment (period_id, key);
CREATE INDEX IF NOT EXISTS payment_claim_id ON payment (claim_id, key);
CREATE INDEX IF NOT EXISTS payment_member_id ON payment (member_id, key);
CREATE INDEX IF NOT EXISTS payment_amount_fen ON payment (amount_fen, key);
CREATE INDEX IF NOT EXISTS payment_paid_on ON payment (paid_on, key);

CREATE TABLE IF NOT EXISTS ledger_line (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  entry_id TEXT COLLATE BINARY,
  line INTEGER,
  booked_on TEXT COLLATE BINARY,
  act TEXT COLLATE BINARY,
  title TEXT COLLATE BINARY,
  source TEXT COLLATE BINARY,
  debit_fen INTEGER,
  credit_fen INTEGER,
  subject TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS ledger_line_scheme_id ON ledger_line (scheme_id, key);
CREATE INDEX IF NOT EXISTS ledger_line_period_id ON ledger_line (period_id, key);
CREATE INDEX IF NOT EXISTS ledger_line_entry_id ON ledger_line (entry_id, key);
CREATE INDEX IF NOT EXISTS ledger_line_line ON ledger_line (line, key);
CREATE INDEX IF NOT EXISTS ledger_line_booked_on ON ledger_line (booked_on, key);
CREATE INDEX IF NOT EXISTS ledger_line_act ON ledger_line (act, key);
CREATE INDEX IF NOT EXISTS ledger_line_title ON ledger_line (title, key);
CREATE INDEX IF NOT EXISTS ledger_line_source ON ledger_line (source, key);
CREATE INDEX IF NOT EXISTS ledger_line_debit_fen ON ledger_line (debit_fen, key);
CREATE INDEX IF NOT EXISTS ledger_line_credit_fen ON ledger_line (credit_fen, key);
CREATE INDEX IF NOT EXISTS ledger_line_subject ON ledger_line (subject, key);

CREATE TABLE IF NOT EXISTS closing (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  closed_on TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS closing_scheme_id ON closing (scheme_id, key);
CREATE INDEX IF NOT EXISTS closing_period_id ON closing (period_id, key);
CREATE INDEX IF NOT EXISTS closing_closed_on ON closing (closed_on, key);

CREATE TABLE IF NOT EXISTS disclosure (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  disclosed_on TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS disclosure_scheme_id ON disclosure (scheme_id, key);
CREATE INDEX IF NOT EXISTS disclosure_period_id ON disclosure (period_id, key);
CREATE INDEX IF NOT EXISTS disclosure_disclosed_on ON disclosure (disclosed_on, key);

CREATE TABLE IF NOT EXISTS organisation (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  parent_id TEXT COLLATE BINARY,
  level TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS organisation_parent_id ON organisation (parent_id, key);
CREATE INDEX IF NOT EXISTS organisation_level ON organisation (level, key);

CREATE TABLE IF NOT EXISTS roster (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  unit_id TEXT COLLATE BINARY,
  counted_on TEXT COLLATE BINARY,
  import_id TEXT COLLATE BINARY,
  persons INTEGER,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS roster_unit_id ON roster (unit_id, key);
CREATE INDEX IF NOT EXISTS roster_counted_on ON roster (counted_on, key);
CREATE INDEX IF NOT EXISTS roster_import_id ON roster (import_id, key);
CREATE INDEX IF NOT EXISTS roster_persons ON roster (persons, key);

CREATE TABLE IF NOT EXISTS roster_import (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  counted_on TEXT COLLATE BINARY,
  state TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS roster_import_counted_on ON roster_import (counted_on, key);
CREATE INDEX IF NOT EXISTS roster_import_state ON roster_import (state, key);

CREATE TABLE IF NOT EXISTS transfer (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  from_unit TEXT COLLATE BINARY,
  to_unit TEXT COLLATE BINARY,
  moves_on TEXT COLLATE BINARY,
  state TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS transfer_scheme_id ON transfer (scheme_id, key);
CREATE INDEX IF NOT EXISTS transfer_period_id ON transfer (period_id, key);
CREATE INDEX IF NOT EXISTS transfer_member_id ON transfer (member_id, key);
CREATE INDEX IF NOT EXISTS transfer_from_unit ON transfer (from_unit, key);
CREATE INDEX IF NOT EXISTS transfer_to_unit ON transfer (to_unit, key);
CREATE INDEX IF NOT EXISTS transfer_moves_on ON transfer (moves_on, key);
CREATE INDEX IF NOT EXISTS transfer_state ON transfer (state, key);

CREATE TABLE IF NOT EXISTS remittance (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  unit_id TEXT COLLATE BINARY,
  received_on TEXT COLLATE BINARY,
  received_fen INTEGER,
  state TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS remittance_scheme_id ON remittance (scheme_id, key);
CREATE INDEX IF NOT EXISTS remittance_period_id ON remittance (period_id, key);
CREATE INDEX IF NOT EXISTS remittance_unit_id ON remittance (unit_id, key);
CREATE INDEX IF NOT EXISTS remittance_received_on ON remittance (received_on, key);
CREATE INDEX IF NOT EXISTS remittance_received_fen ON remittance (received_fen, key);
CREATE INDEX IF NOT EXISTS remittance_state ON remittance (state, key);

CREATE TABLE IF NOT EXISTS agency_collection (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  agency_id TEXT COLLATE BINARY,
  state TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS agency_collection_scheme_id ON agency_collection (scheme_id, key);
CREATE INDEX IF NOT EXISTS agency_collection_agency_id ON agency_collection (agency_id, key);
CREATE INDEX IF NOT EXISTS agency_collection_state ON agency_collection (state, key);

CREATE TABLE IF NOT EXISTS payroll_consent (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  unit_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS payroll_consent_unit_id ON payroll_consent (unit_id, key);
CREATE INDEX IF NOT EXISTS payroll_consent_member_id ON payroll_consent (member_id, key);

CREATE TABLE IF NOT EXISTS gift_programme (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS gift_programme_scheme_id ON gift_programme (scheme_id, key);

CREATE TABLE IF NOT EXISTS funding_plan (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  unit_id TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS funding_plan_scheme_id ON funding_plan (scheme_id, key);
CREATE INDEX IF NOT EXISTS funding_plan_unit_id ON funding_plan (unit_id, key);

CREATE TABLE IF NOT EXISTS refusal (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  unit_id TEXT COLLATE BINARY,
  told_on TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS refusal_scheme_id ON refusal (scheme_id, key);
CREATE INDEX IF NOT EXISTS refusal_period_id ON refusal (period_id, key);
CREATE INDEX IF NOT EXISTS refusal_unit_id ON refusal (unit_id, key);
CREATE INDEX IF NOT EXISTS refusal_told_on ON refusal (told_on, key);

CREATE TABLE IF NOT EXISTS referral (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  period_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  state TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS referral_scheme_id ON referral (scheme_id, key);
CREATE INDEX IF NOT EXISTS referral_period_id ON referral (period_id, key);
CREATE INDEX IF NOT EXISTS referral_member_id ON referral (member_id, key);
CREATE INDEX IF NOT EXISTS referral_state ON referral (state, key);

CREATE TABLE IF NOT EXISTS complaint (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  member_id TEXT COLLATE BINARY,
  state TEXT COLLATE BINARY,
  due_on TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS complaint_scheme_id ON complaint (scheme_id, key);
CREATE INDEX IF NOT EXISTS complaint_member_id ON complaint (member_id, key);
CREATE INDEX IF NOT EXISTS complaint_state ON complaint (state, key);
CREATE INDEX IF NOT EXISTS complaint_due_on ON complaint (due_on, key);

CREATE TABLE IF NOT EXISTS approval (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  scheme_id TEXT COLLATE BINARY,
  organisation_id TEXT COLLATE BINARY,
  approved_on TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS approval_scheme_id ON approval (scheme_id, key);
CREATE INDEX IF NOT EXISTS approval_organisation_id ON approval (organisation_id, key);
CREATE INDEX IF NOT EXISTS approval_approved_on ON approval (approved_on, key);

CREATE TABLE IF NOT EXISTS "unique" (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  owner TEXT COLLATE BINARY,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS unique_owner ON "unique" (owner, key);

CREATE TABLE IF NOT EXISTS secret (
  key BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  body BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT;

-- What is only ever added: a second wall behind the library's own.

CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

CREATE TRIGGER IF NOT EXISTS payment_no_update BEFORE UPDATE ON payment
BEGIN SELECT RAISE(ABORT, 'records of payment are never changed'); END;

CREATE TRIGGER IF NOT EXISTS payment_no_delete BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'records of payment are never removed'); END;

CREATE TRIGGER IF NOT EXISTS ledger_line_no_update BEFORE UPDATE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'records of ledger_line are never changed'); END;

CREATE TRIGGER IF NOT EXISTS ledger_line_no_delete BEFORE DELETE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'records of ledger_line are never removed'); END;

CREATE TRIGGER IF NOT EXISTS closing_no_update BEFORE UPDATE ON closing
BEGIN SELECT RAISE(ABORT, 'records of closing are never changed'); END;

CREATE TRIGGER IF NOT EXISTS closing_no_delete BEFORE DELETE ON closing
BEGIN SELECT RAISE(ABORT, 'records of closing are never removed'); END;

CREATE TRIGGER IF NOT EXISTS disclosure_no_update BEFORE UPDATE ON disclosure
BEGIN SELECT RAISE(ABORT, 'records of disclosure are never changed'); END;

CREATE TRIGGER IF NOT EXISTS disclosure_no_delete BEFORE DELETE ON disclosure
BEGIN SELECT RAISE(ABORT, 'records of disclosure are never removed'); END;

CREATE TRIGGER IF NOT EXISTS unique_no_update BEFORE UPDATE ON "unique"
BEGIN SELECT RAISE(ABORT, 'records of unique are never changed'); END;

CREATE TRIGGER IF NOT EXISTS unique_no_delete BEFORE DELETE ON "unique"
BEGIN SELECT RAISE(ABORT, 'records of unique are never removed'); END;

CREATE TRIGGER IF NOT EXISTS receipt_no_update BEFORE UPDATE OF key, fingerprint, outcome ON receipt
BEGIN SELECT RAISE(ABORT, 'receipts are never changed'); END;

CREATE TRIGGER IF NOT EXISTS receipt_no_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipts are never removed'); END;

-- Reports for whoever keeps the books. Yuan are text made of whole numbers: a sign, the yuan, two digits of fen.

CREATE VIEW IF NOT EXISTS report_ledger AS
SELECT
  entry_id AS entry,
  line,
  scheme_id AS scheme,
  period_id AS period,
  booked_on,
  act,
  title,
  source,
  debit_fen,
  credit_fen,
  CASE WHEN debit_fen < 0 THEN '-' ELSE '' END || abs(debit_fen / 100) || '.' || substr('0' || abs(debit_fen % 100), -2) AS debit_yuan,
  CASE WHEN credit_fen < 0 THEN '-' ELSE '' END || abs(credit_fen / 100) || '.' || substr('0' || abs(credit_fen % 100), -2) AS credit_yuan
FROM ledger_line
ORDER BY booked_on, entry_id, line;

-- A balance is debits less credits, so a credit balance has a minus. Periods follow each other by their first day.
-- What stands on the balance sheet is carried forward; contributions and benefits begin each period with nothing.

CREATE VIEW IF NOT EXISTS report_trial_balance AS
WITH moved AS (
  SELECT
    scheme_id AS scheme,
    period_id AS period,
    title,
    source,
    coalesce(sum(debit_fen), 0) AS debit_fen,
    coalesce(sum(credit_fen), 0) AS credit_fen
  FROM ledger_line
  GROUP BY scheme_id, period_id, title, source
),
page AS (
  SELECT scheme, period, max(first_day) AS first_day
  FROM (
    SELECT scheme, period, NULL AS first_day FROM moved
    UNION ALL
    SELECT scheme_id, substr(CAST(key AS TEXT), length(scheme_id) + 2), first_day FROM period
  )
  GROUP BY scheme, period
),
account AS (
  SELECT DISTINCT scheme, title, source FROM moved
),
laid_out AS (
  SELECT
    page.scheme,
    page.period,
    page.first_day,
    account.title,
    account.source,
    coalesce(moved.debit_fen, 0) AS debit_fen,
    coalesce(moved.credit_fen, 0) AS credit_fen,
    moved.title IS NOT NULL AS is_moved
  FROM page
  JOIN account ON account.scheme IS page.scheme
  LEFT JOIN moved
    ON moved.scheme IS page.scheme
    AND moved.period IS page.period
    AND moved.title IS account.title
    AND moved.source IS account.source
),
carried AS (
  SELECT
    *,
    CASE
      WHEN title IN ('contribution', 'benefit') THEN 0
      ELSE coalesce(
        sum(debit_fen - credit_fen) OVER (
          PARTITION BY scheme, title, source ORDER BY first_day, period
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        0
      )
    END AS opening_fen
  FROM laid_out
),
balanced AS (
  SELECT *, opening_fen + debit_fen - credit_fen AS closing_fen FROM carried
  WHERE is_moved OR opening_fen <> 0
)
SELECT
  scheme,
  period,
  title,
  source,
  opening_fen,
  debit_fen,
  credit_fen,
  closing_fen,
  CASE WHEN opening_fen < 0 THEN '-' ELSE '' END || abs(opening_fen / 100) || '.' || substr('0' || abs(opening_fen % 100), -2) AS opening_yuan,
  CASE WHEN debit_fen < 0 THEN '-' ELSE '' END || abs(debit_fen / 100) || '.' || substr('0' || abs(debit_fen % 100), -2) AS debit_yuan,
  CASE WHEN credit_fen < 0 THEN '-' ELSE '' END || abs(credit_fen / 100) || '.' || substr('0' || abs(credit_fen % 100), -2) AS credit_yuan,
  CASE WHEN closing_fen < 0 THEN '-' ELSE '' END || abs(closing_fen / 100) || '.' || substr('0' || abs(closing_fen % 100), -2) AS closing_yuan
FROM balanced
ORDER BY scheme, first_day, period, title, source;

CREATE VIEW IF NOT EXISTS report_benefits AS
WITH paid AS (
  SELECT scheme_id, claim_id, max(paid_on) AS paid_on, sum(amount_fen) AS paid_fen
  FROM payment
  GROUP BY scheme_id, claim_id
),
told AS (
  SELECT decision.*, paid.paid_on, coalesce(paid.paid_fen, 0) AS paid_fen
  FROM decision LEFT JOIN paid
    ON paid.scheme_id = decision.scheme_id AND paid.claim_id = decision.claim_id
)
SELECT
  CAST(key AS TEXT) AS decision,
  claim_id AS claim,
  scheme_id AS scheme,
  period_id AS period,
  decided_on,
  outcome,
  reason,
  base_fen,
  benefit_fen,
  paid_on,
  paid_fen,
  CASE WHEN base_fen < 0 THEN '-' ELSE '' END || abs(base_fen / 100) || '.' || substr('0' || abs(base_fen % 100), -2) AS base_yuan,
  CASE WHEN benefit_fen < 0 THEN '-' ELSE '' END || abs(benefit_fen / 100) || '.' || substr('0' || abs(benefit_fen % 100), -2) AS benefit_yuan,
  CASE WHEN paid_fen < 0 THEN '-' ELSE '' END || abs(paid_fen / 100) || '.' || substr('0' || abs(paid_fen % 100), -2) AS paid_yuan
FROM told
ORDER BY decided_on, key;

-- Claims that were granted a benefit, by the unit that the member was enrolled from. Counts of members, never who.

CREATE VIEW IF NOT EXISTS report_benefits_by_unit AS
WITH paid AS (
  SELECT scheme_id, claim_id, sum(amount_fen) AS paid_fen
  FROM payment
  GROUP BY scheme_id, claim_id
),
total AS (
  SELECT
    decision.scheme_id AS scheme,
    decision.period_id AS period,
    enrolment.unit_id AS unit,
    count(*) AS claims,
    count(DISTINCT decision.member_id) AS members,
    sum(decision.benefit_fen) AS granted_fen,
    coalesce(sum(paid.paid_fen), 0) AS paid_fen
  FROM decision
  LEFT JOIN enrolment ON enrolment.key = CAST(decision.scheme_id || '/' || decision.period_id || '/' || decision.member_id AS BLOB)
  LEFT JOIN paid ON paid.scheme_id = decision.scheme_id AND paid.claim_id = decision.claim_id
  WHERE decision.benefit_fen > 0
  GROUP BY decision.scheme_id, decision.period_id, enrolment.unit_id
)
SELECT
  total.scheme,
  total.period,
  total.unit AS unit_id,
  unit.name AS unit_name,
  total.claims,
  total.members,
  total.granted_fen,
  total.paid_fen,
  CASE WHEN total.granted_fen < 0 THEN '-' ELSE '' END || abs(total.granted_fen / 100) || '.' || substr('0' || abs(total.granted_fen % 100), -2) AS granted_yuan,
  CASE WHEN total.paid_fen < 0 THEN '-' ELSE '' END || abs(total.paid_fen / 100) || '.' || substr('0' || abs(total.paid_fen % 100), -2) AS paid_yuan
FROM total LEFT JOIN unit ON unit.key = CAST(total.unit AS BLOB)
ORDER BY total.scheme, total.period, total.unit;

CREATE VIEW IF NOT EXISTS report_contributions AS
WITH total AS (
  SELECT
    scheme_id AS scheme,
    period_id AS period,
    unit_id AS unit,
    count(*) AS payments,
    coalesce(sum(amount_fen), 0) AS amount_fen
  FROM contribution
  GROUP BY scheme_id, period_id, unit_id
)
SELECT
  total.scheme,
  total.period,
  total.unit,
  unit.name AS unit_name,
  total.payments,
  total.amount_fen,
  CASE WHEN total.amount_fen < 0 THEN '-' ELSE '' END || abs(total.amount_fen / 100) || '.' || substr('0' || abs(total.amount_fen % 100), -2) AS amount_yuan
FROM total LEFT JOIN unit ON unit.key = CAST(total.unit AS BLOB)
ORDER BY total.scheme, total.period, total.unit;

CREATE VIEW IF NOT EXISTS report_counters AS
SELECT CAST(key AS TEXT) AS counter, value, lo, hi, version
FROM counter
ORDER BY key;
