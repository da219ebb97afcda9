// The language, guessed from the browser: most people only press Enter.
import { useLanguageSwitch } from '../../lib/language';
import { chooseLocale, localeNames, useI18n } from '../../shared/i18n';
import { Choices, Form } from '../../ui';
import { StepHeader } from './step-header';

const choices = Object.entries(localeNames).map(([id, label]) => ({ id, label, lang: id }));

export function LanguageScreen({ onNext }: { onNext: () => void }) {
  const { t, locale } = useI18n();
  const change = useLanguageSwitch();

  return (
    <>
      <StepHeader
        step={1}
        title={t('Welcome')}
        lead={t('A few questions and your analytics server is ready. Nothing leaves it without you.')}
      />
      <Form submitLabel={t('Continue')} onSubmit={onNext}>
        <Choices
          label={t('Language')}
          choices={choices}
          value={locale}
          onChange={(id) => change(chooseLocale(id))}
        />
      </Form>
    </>
  );
}
