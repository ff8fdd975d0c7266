package dev.comptroller.core.governor;

/** What is asked of an object; the names are the API server's. */
public enum Operation {
  CREATE,
  UPDATE,
  DELETE,
  CONNECT
}
