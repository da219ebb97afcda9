// Sending files.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postForm } from '../../api/client';

function useSending<Input extends { file: File }, Answer>(send: (input: Input) => Promise<Answer>, onDone: (answer: Answer) => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      // Tables, columns and what is kept in collections may all be new.
      await client.invalidateQueries();
      onDone(answer);
    },
  });
}

function formOf(file: File, fields: Record<string, string> = {}): FormData {
  const form = new FormData();

  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return form;
}

/** A new table, and a model over it: the answer is the number of the model. */
export const useUpload = (onDone: (model: number) => void) =>
  useSending(({ file, place }: { file: File; place: string }) => postForm<number>('/api/upload/csv', formOf(file, { collection_id: place })), onDone);

export type RefillMode = 'append' | 'replace';

/** Rows for a table that was made from a file. */
export const useRefill = (table: number, onDone: () => void) =>
  useSending(({ file, mode }: { file: File; mode: RefillMode }) => postForm(`/api/table/${table}/${mode}-csv`, formOf(file)), onDone);
