using System.Runtime.InteropServices;

namespace PushPruner.Cli;

/// <summary>Ctrl-C, or the signal that asks a process to end: the first lets the run end cleanly, the second ends it as it is.</summary>
sealed class Interrupts : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly PosixSignalRegistration interrupt;
    readonly PosixSignalRegistration terminate;

    public Interrupts()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    public CancellationToken Stop => stop.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        stop.Dispose();
    }

    void Handle(PosixSignalContext context)
    {
        if (stop.IsCancellationRequested)
            return;

        context.Cancel = true;
        stop.Cancel();
    }
}
