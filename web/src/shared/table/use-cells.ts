// Cells that can be chosen: with the arrows one goes from one to the next, Enter or a press chooses.
import type { KeyboardEvent, MouseEvent } from 'react';

export interface CellPlace {
  row: number;
  column: number;
  place: { x: number; y: number };
}

const isCell = (element: Element | null | undefined): element is HTMLTableCellElement => element instanceof HTMLTableCellElement && element.hasAttribute('data-cell');

const steps: Record<string, (cell: HTMLTableCellElement) => Element | null | undefined> = {
  ArrowRight: (cell) => cell.nextElementSibling,
  ArrowLeft: (cell) => cell.previousElementSibling,
  ArrowDown: (cell) => (cell.parentElement?.nextElementSibling as HTMLTableRowElement | null)?.cells?.[cell.cellIndex],
  ArrowUp: (cell) => (cell.parentElement?.previousElementSibling as HTMLTableRowElement | null)?.cells?.[cell.cellIndex],
  Home: (cell) => cell.parentElement?.querySelector('[data-cell]'),
  End: (cell) => [...(cell.parentElement?.querySelectorAll('[data-cell]') ?? [])].at(-1),
};

function chosenIn(cell: HTMLTableCellElement): CellPlace {
  const { left, bottom, width } = cell.getBoundingClientRect();

  return { row: Number(cell.dataset.row), column: Number(cell.dataset.cell), place: { x: left + Math.min(24, width / 2), y: bottom } };
}

/** The first cell that is in sight, below the header. */
function firstInSight(scroller: Element): Element | undefined {
  const top = (scroller.querySelector('thead') ?? scroller).getBoundingClientRect().bottom;

  return [...scroller.querySelectorAll('[data-cell]')].find((cell) => cell.getBoundingClientRect().bottom > top + 1);
}

/** What the scroller of a table listens to, when its cells can be chosen. */
export function cellHandlers(onCell: ((cell: CellPlace) => void) | undefined) {
  if (!onCell) return {};

  return {
    onClick({ target }: MouseEvent) {
      const cell = (target as Element).closest('[data-cell]');
      // A link in a cell keeps its own meaning.
      if (isCell(cell) && !(target as Element).closest('a')) onCell(chosenIn(cell));
    },
    onKeyDown(event: KeyboardEvent) {
      const { target, currentTarget, key } = event;
      const cell = isCell(target as Element) ? (target as HTMLTableCellElement) : null;
      const next = cell ? steps[key]?.(cell) : target === currentTarget && key === 'ArrowDown' ? firstInSight(currentTarget) : null;
      if (cell && key === 'Enter') {
        event.preventDefault();
        onCell(chosenIn(cell));
      } else if (isCell(next)) {
        event.preventDefault();
        next.focus();
      }
    },
  };
}
