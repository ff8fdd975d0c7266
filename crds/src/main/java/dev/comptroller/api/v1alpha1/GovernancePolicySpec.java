package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the policy holds, whom it trusts, and what it requires. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GovernancePolicySpec(
    NamespaceSelection namespaces,
    Enforcement enforcement,
    @Nullable OnChange onChange,
    List<Authority> authorities,
    List<String> revoked,
    Signing signing,
    @Nullable Interactive interactive,
    Compute compute,
    List<Rule> rules) {
  public GovernancePolicySpec {
    authorities = authorities == null ? List.of() : List.copyOf(authorities);
    revoked = revoked == null ? List.of() : List.copyOf(revoked);
    rules = rules == null ? List.of() : List.copyOf(rules);
  }
}
