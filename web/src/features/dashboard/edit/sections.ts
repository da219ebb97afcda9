// Ready layouts of several cards.
import { msg } from '../../../shared/i18n';

export interface SectionPlan {
  id: string;
  label: string;
  cards: { display: 'heading' | 'placeholder'; row: number; col: number; size_x: number; size_y: number }[];
}

const heading = { display: 'heading' as const, row: 0, col: 0, size_x: 24, size_y: 1 };
const place = (row: number, col: number, size_x: number, size_y: number) => ({ display: 'placeholder' as const, row, col, size_x, size_y });

export const sections: SectionPlan[] = [
  { id: 'numbers', label: msg('Four numbers side by side'), cards: [heading, place(1, 0, 6, 3), place(1, 6, 6, 3), place(1, 12, 6, 3), place(1, 18, 6, 3)] },
  { id: 'numbers-chart', label: msg('A large chart with three numbers'), cards: [heading, place(1, 0, 18, 9), place(1, 18, 6, 3), place(4, 18, 6, 3), place(7, 18, 6, 3)] },
  { id: 'two', label: msg('Two charts side by side'), cards: [heading, place(1, 0, 12, 7), place(1, 12, 12, 7)] },
  { id: 'grid', label: msg('Two numbers above four charts'), cards: [heading, place(1, 0, 12, 3), place(1, 12, 12, 3), place(4, 0, 12, 6), place(4, 12, 12, 6), place(10, 0, 12, 6), place(10, 12, 12, 6)] },
];
