"""Transfer (转移接续): the leaving unit proposes, the receiving unit answers, a member reads it all."""

from mutualaid_core.services.membership.transfer.answering import (
    AcceptTransfer,
    ExpireTransfer,
    RejectTransfer,
    WithdrawTransfer,
    accept_transfer,
    expire_transfer,
    expire_transfers,
    reject_transfer,
    withdraw_transfer,
)
from mutualaid_core.services.membership.transfer.judged import (
    TransferJudged,
    pending_counter,
)
from mutualaid_core.services.membership.transfer.proposing import (
    ProposeTransfer,
    propose_transfer,
)
from mutualaid_core.services.membership.transfer.reading import (
    MemberHistory,
    TransferPage,
    transfer_history,
    unit_transfers,
)

__all__ = [
    "AcceptTransfer",
    "ExpireTransfer",
    "MemberHistory",
    "ProposeTransfer",
    "RejectTransfer",
    "TransferJudged",
    "TransferPage",
    "WithdrawTransfer",
    "accept_transfer",
    "expire_transfer",
    "expire_transfers",
    "pending_counter",
    "propose_transfer",
    "reject_transfer",
    "transfer_history",
    "unit_transfers",
    "withdraw_transfer",
]
