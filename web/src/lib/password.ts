// What a new password needs, and which of it is already there.
import type { PasswordComplexity } from '../api/types';
import { msg } from '../shared/i18n';

interface PasswordRule {
  id: keyof PasswordComplexity;
  label: string;
  count: number;
}

const labels: Record<keyof PasswordComplexity, string> = {
  total: msg('{count, plural, one {At least # character} other {At least # characters}}'),
  lower: msg('{count, plural, one {# small letter} other {# small letters}}'),
  upper: msg('{count, plural, one {# capital letter} other {# capital letters}}'),
  digit: msg('{count, plural, one {# digit} other {# digits}}'),
  special: msg('{count, plural, one {# other sign} other {# other signs}}'),
};

const patterns: Record<keyof PasswordComplexity, RegExp> = {
  total: /./gsu,
  // The server counts these in ASCII.
  lower: /[a-z]/g,
  upper: /[A-Z]/g,
  digit: /[0-9]/g,
  special: /[!-/:-@[-`{-~]/g,
};

export function passwordRules(minimum: number, complexity: PasswordComplexity = {}): PasswordRule[] {
  const counts = { ...complexity, total: Math.max(minimum, complexity.total ?? 0) };
  const ids = Object.keys(labels) as (keyof PasswordComplexity)[];

  return ids.flatMap((id) => {
    const count = counts[id];
    return count ? [{ id, count, label: labels[id] }] : [];
  });
}

export function keepsRule(password: string, rule: PasswordRule): boolean {
  return (password.match(patterns[rule.id])?.length ?? 0) >= rule.count;
}
