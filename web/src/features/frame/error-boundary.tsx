// Catches what should never happen, so that a person always has a way out.
import { Component, type ReactNode } from 'react';
import { useI18n } from '../../shared/i18n';
import { Button, PageHeader } from '../../ui';

interface ErrorBoundaryProps {
  /** A new key, the address for instance, gives the page another chance. */
  resetKey: string;
  children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidUpdate(previous: ErrorBoundaryProps) {
    if (this.state.hasFailed && previous.resetKey !== this.props.resetKey) this.retry();
  }

  private readonly retry = () => this.setState({ hasFailed: false });

  override render() {
    return this.state.hasFailed ? <BrokenPage onRetry={this.retry} /> : this.props.children;
  }
}

function BrokenPage({ onRetry }: { onRetry: () => void }) {
  const { t } = useI18n();

  return (
    <>
      <PageHeader
        title={t('This page could not be shown')}
        lead={t('Try again. If it happens again, reload the page: a new version may have been installed.')}
      />
      <Button look="primary" onPress={onRetry}>
        {t('Try again')}
      </Button>
    </>
  );
}
