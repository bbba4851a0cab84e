using PushPruner.Jobs;
using PushPruner.Ports;

namespace PushPruner.Recording;

/// <summary>Changes a repository's state whoever else writes it at the same time.</summary>
static class StateUpdate
{
    const int Tries = 8;

    /// <param name="known">The state as it was last read; null when the index has none.</param>
    /// <param name="change">Gives the state as it should be; called again on what another run wrote.</param>
    /// <returns>The state as it is now; unchanged where nothing was to be changed.</returns>
    /// <exception cref="ContestedRowException">Other runs kept writing it; a retry helps.</exception>
    public static async Task<RepositoryState> RunAsync(
        RunContext run, RepositoryState? known, Func<RepositoryState, RepositoryState> change, CancellationToken cancellationToken)
    {
        var state = known ?? new RepositoryState();
        for (var tries = 0; ; tries++)
        {
            var changed = change(state);
            if (changed == state)
                return state;
            if (await run.Index.TryWriteStateAsync(run.Repository, changed, cancellationToken) is { } written)
                return written;
            if (tries == Tries)
                throw new ContestedRowException(run.Repository, "the repository's state");

            state = (await run.Index.ReadAsync(run.Repository, [], tag: null, cancellationToken)).State ?? new RepositoryState();
        }
    }
}
