package dev.comptroller.core.approval;

/** Whether an approval holds in this cluster at this time. */
public enum ApprovalValidity {
  /** It does not say what it has to say. */
  UNREADABLE,
  /** It was given for another cluster. */
  ELSEWHERE,
  /** Its time has not come. */
  NOT_YET,
  /** It holds. */
  IN_FORCE,
  /** Its time is over. */
  EXPIRED
}
