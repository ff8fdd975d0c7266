package dev.comptroller.core.policy;

import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.NamespaceSelection;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.api.v1alpha1.SignatureRequirement;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.api.v1alpha1.TrustedKey;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.Signer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a policy, found before it judges anything. */
public final class PolicyProblems {
  private final GovernancePolicySpec policy;
  private final Keyring keyring;
  private final List<Finding> problems;

  private PolicyProblems(GovernancePolicySpec policy, Keyring keyring) {
    this.policy = policy;
    this.keyring = keyring;
    this.problems = new ArrayList<>(keyring.problems());
  }

  /** Every problem with its line; empty for a policy that can be enforced as written. */
  public static List<Finding> of(GovernancePolicySpec policy, RuleEvaluator rules) {
    PolicyProblems problems = new PolicyProblems(policy, Keyring.of(policy));
    problems.checkNamespaces(policy.namespaces());
    problems.checkAuthorities();
    if (policy.signing() != null) {
      problems.checkSigners("/spec/signing/objects", policy.signing().objects());
      problems.checkSigners("/spec/signing/images", policy.signing().images());
    }
    if (policy.compute() == null) {
      problems.add("/spec/compute", "nothing", "tiers of GPU-hours");
    } else {
      problems.checkCompute(policy.compute());
    }
    problems.checkRules(rules);
    return List.copyOf(problems.problems);
  }

  private void checkNamespaces(@Nullable NamespaceSelection namespaces) {
    if (namespaces == null || namespaces.include().isEmpty()) {
      add("/spec/namespaces/include", "nothing", "names of namespaces, or \"*\"");
      return;
    }
    for (int i = 0; i < namespaces.exclude().size(); i++) {
      if (namespaces.exclude().get(i).contains("*")) {
        add("/spec/namespaces/exclude/" + i, namespaces.exclude().get(i), "one exact name");
      }
    }
    for (int i = 0; i < namespaces.include().size(); i++) {
      String name = namespaces.include().get(i);
      if (name.contains("*") && !name.equals("*")) {
        add("/spec/namespaces/include/" + i, name, "one exact name, or \"*\" alone");
      }
    }
  }

  private void checkAuthorities() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < policy.authorities().size(); i++) {
      Authority authority = policy.authorities().get(i);
      String pointer = "/spec/authorities/" + i;
      checkUnique(names, authority.name(), pointer);
      if (authority.keys().isEmpty()) {
        add(pointer + "/keys", "no key", "at least one key");
      }
      Set<String> keyNames = new HashSet<>();
      for (int j = 0; j < authority.keys().size(); j++) {
        TrustedKey key = authority.keys().get(j);
        checkUnique(keyNames, key.name(), pointer + "/keys/" + j);
      }
    }
  }

  private void checkSigners(String pointer, @Nullable SignatureRequirement requirement) {
    if (requirement == null) {
      return;
    }
    int signers = requirement.signers() == null ? 1 : requirement.signers();
    if (signers < 1) {
      add(pointer + "/signers", String.valueOf(signers), "at least 1");
    }
    if (checkReferences(pointer, requirement.authorities())) {
      checkReachable(pointer + "/signers", signers, requirement.authorities(), false);
    }
  }

  private void checkCompute(Compute compute) {
    try {
      Durations.servingWindow(compute);
    } catch (IllegalArgumentException e) {
      add("/spec/compute/servingWindow", String.valueOf(compute.servingWindow()), Durations.FORM);
    }
    if (compute.tiers().isEmpty()) {
      add("/spec/compute/tiers", "no tier", "at least one tier");
    }
    Set<String> names = new HashSet<>();
    Amount below = Amount.ZERO;
    for (int i = 0; i < compute.tiers().size(); i++) {
      Tier tier = compute.tiers().get(i);
      String pointer = "/spec/compute/tiers/" + i;
      checkUnique(names, tier.name(), pointer);
      below = checkLimit(pointer + "/upTo", tier.upTo(), below);
      if (tier.approvals() != null) {
        checkApprovals(pointer + "/approvals", tier.approvals());
      }
    }
  }

  private Amount checkLimit(String pointer, @Nullable String upTo, Amount below) {
    try {
      Amount limit = Amount.parse(upTo == null ? "" : upTo);
      if (limit.compareTo(below) <= 0) {
        add(pointer, String.valueOf(upTo), "more than " + below.toGpuHours() + ": tiers ascend");
      }
      return limit;
    } catch (IllegalArgumentException e) {
      add(pointer, upTo == null ? "nothing" : upTo, "GPU-hours such as 500");
      return below;
    }
  }

  private void checkApprovals(String pointer, ApprovalRequirement requirement) {
    if (requirement.count() == null || requirement.count() < 1) {
      add(pointer + "/count", String.valueOf(requirement.count()), "at least 1");
    } else if (checkReferences(pointer, requirement.authorities())) {
      checkReachable(
          pointer + "/count",
          requirement.count(),
          requirement.authorities(),
          Boolean.TRUE.equals(requirement.distinctOrganizations()));
    }
  }

  private boolean checkReferences(String pointer, List<String> references) {
    int problemsBefore = problems.size();
    if (references.isEmpty()) {
      add(pointer + "/authorities", "no authority", "at least one authority");
    }
    List<String> known = policy.authorities().stream().map(Authority::name).toList();
    for (int i = 0; i < references.size(); i++) {
      if (!known.contains(references.get(i))) {
        add(pointer + "/authorities/" + i, references.get(i), "one of " + String.join(", ", known));
      }
    }
    return problems.size() == problemsBefore;
  }

  /** A count that no set of persons can reach refuses everything for ever. */
  private void checkReachable(
      String pointer, int required, List<String> authorities, boolean byOrganization) {
    List<Signer> eligible = keyring.eligible(authorities);
    Set<String> distinct =
        eligible.stream()
            .map(byOrganization ? Signer::organization : Signer::person)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    if (distinct.size() < required) {
      add(
          pointer,
          String.valueOf(required),
          "at most "
              + distinct.size()
              + ", the "
              + (byOrganization ? "organizations" : "persons")
              + " with keys that can be used in "
              + String.join(", ", authorities));
    }
  }

  private void checkRules(RuleEvaluator evaluator) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < policy.rules().size(); i++) {
      Rule rule = policy.rules().get(i);
      String pointer = "/spec/rules/" + i;
      checkUnique(names, rule.name(), pointer);
      for (String problem : evaluator.problems(rule)) {
        add(pointer + "/rego", problem, "a rule that compiles");
      }
    }
  }

  private void checkUnique(Set<String> names, String name, String pointer) {
    if (!names.add(name)) {
      add(pointer + "/name", "a second " + name, "a name of its own");
    }
  }

  private void add(String pointer, String found, String required) {
    problems.add(new Finding(ReasonCode.InvalidPolicy, pointer, found, required, ""));
  }
}
