package dev.comptroller.core.object;

/** The reference to a controlling owner: {@code ownerReferences} with {@code controller: true}. */
public record OwnerReference(String apiVersion, String kind, String name, String uid) {}
