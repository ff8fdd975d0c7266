package dev.comptroller.api.v1alpha1;

/** Whether people may exec into or attach to governed accelerator pods. */
public enum Interactive {
  Allow,
  Deny
}
