// Chooses a saved question, by the place where it is kept.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { Question } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { Picker } from '../../../ui';

export function QuestionPicker({ onPick }: { onPick: (question: Question) => void }) {
  const { t } = useI18n();
  const questions = (useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card') }).data ?? []).filter(({ archived }) => !archived);
  const places = [...new Set(questions.map(({ collection }) => collection?.name ?? ''))].sort();
  const groups = places.map((place) => ({
    label: place || t('Shared space'),
    items: questions.filter(({ collection }) => (collection?.name ?? '') === place).map(({ id, name }) => ({ id: String(id), label: name })),
  }));

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
