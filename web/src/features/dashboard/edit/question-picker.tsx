// Chooses a saved question, by the place where it is kept.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { Question } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { ButtonLink, Picker } from '../../../ui';
import styles from './edit.module.css';

export function QuestionPicker({ onPick }: { onPick: (question: Question) => void }) {
  const { t } = useI18n();
  const { data } = useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card') });
  const questions = (data ?? []).filter(({ archived }) => !archived);
  const places = [...new Set(questions.map(({ collection }) => collection?.name ?? ''))].sort();
  const groups = places.map((place) => ({
    label: place || t('Shared space'),
    items: questions.filter(({ collection }) => (collection?.name ?? '') === place).map(({ id, name }) => ({ id: String(id), label: name })),
  }));

  if (data && !questions.length) {
    return (
      <div className={styles.form}>
        <p>{t('No question is saved yet. Your draft is kept while you ask one.')}</p>
        <ButtonLink look="primary" href="/question/new">
          {t('Ask a question')}
        </ButtonLink>
      </div>
    );
  }
  return (
    <Picker
      label={t('Questions')}
      groups={groups}
      onPick={(id) => {
        const found = questions.find((question) => String(question.id) === id);
        if (found) onPick(found);
      }}
    />
  );
}
