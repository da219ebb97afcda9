// Choosing a password: the rules are in sight from the start, and are ticked while one types.
import { useState } from 'react';
import { keepsRule, passwordRules } from '../lib/password';
import { useProperties } from '../lib/session';
import { site } from '../lib/site';
import { useI18n } from '../shared/i18n';
import { PasswordField } from './field';
import { IconCheck } from './icons';
import styles from './new-password-field.module.css';

export function NewPasswordField({ label, name }: { label: string; name: string }) {
  const { t } = useI18n();
  const [password, setPassword] = useState('');
  const complexity = useProperties().data?.['password-complexity'];
  const rules = passwordRules(site['password-min'], complexity);

  return (
    <PasswordField
      label={label}
      name={name}
      isRequired
      autoComplete="new-password"
      onChange={setPassword}
      hint={
        <span className={styles.rules}>
          {rules.map((rule) => (
            <span key={rule.id} className={styles.rule} data-kept={keepsRule(password, rule)}>
              <IconCheck />
              {t(rule.label, { count: rule.count })}
              {keepsRule(password, rule) && <span className={styles.unseen}>{t('done')}</span>}
            </span>
          ))}
        </span>
      }
    />
  );
}
