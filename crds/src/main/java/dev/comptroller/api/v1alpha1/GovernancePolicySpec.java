package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the policy holds, whom it trusts, and what it requires. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.signing.objects) || self.signing.objects.authorities.all(n, has(self.authorities) && self.authorities.exists(a, a.name == n))",
    message =
        "signing.objects must name authorities of this policy: add the authority or correct the name")
@ValidationRule(
    value =
        "!has(self.signing.images) || self.signing.images.authorities.all(n, has(self.authorities) && self.authorities.exists(a, a.name == n))",
    message =
        "signing.images must name authorities of this policy: add the authority or correct the name")
@ValidationRule(
    value =
        "self.compute.tiers.all(t, !has(t.approvals) || t.approvals.authorities.all(n, has(self.authorities) && self.authorities.exists(a, a.name == n)))",
    message =
        "the approvals of a tier must name authorities of this policy: add the authority or correct the name")
public record GovernancePolicySpec(
    @JsonPropertyDescription("Where the policy holds.") @Required NamespaceSelection namespaces,
    @JsonPropertyDescription("What becomes of a finding.") @Required Enforcement enforcement,
    @JsonPropertyDescription(
            "What a change of keys or policy does to what already runs; Report where absent.")
        @Nullable OnChange onChange,
    @JsonPropertyDescription("Named groups of keys that signatures and approvals refer to.")
        @Size(max = 16)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.name == a.name))",
            message =
                "authorities must have different names: put all keys of an authority into one entry")
        @ValidationRule(
            value =
                "self.all(a, a.keys.all(k, self.exists_one(b, b.keys.exists(l, l.name == k.name))))",
            message =
                "a key name stands for one key in the whole policy: rename one of the two, such as alice-2026-approver")
        List<Authority> authorities,
    @JsonPropertyDescription("Digests of keys, statements or approvals that count no more.")
        @Size(max = 1024)
        List<@Size(min = 71, max = 71) @Pattern(Formats.DIGEST) String> revoked,
    @JsonPropertyDescription("Who must have signed.") @Required Signing signing,
    @JsonPropertyDescription(
            "Whether people may exec into and attach to governed accelerator pods; Deny where absent.")
        @Nullable Interactive interactive,
    @JsonPropertyDescription("How much compute needs which approvals.") @Required Compute compute,
    @JsonPropertyDescription("Further rules in Rego; all must allow.")
        @Size(max = 16)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.name == a.name))",
            message = "rules must have different names: rename one of them")
        List<Rule> rules) {
  public GovernancePolicySpec {
    authorities = authorities == null ? List.of() : List.copyOf(authorities);
    revoked = revoked == null ? List.of() : List.copyOf(revoked);
    rules = rules == null ? List.of() : List.copyOf(rules);
  }
}
