namespace PushPruner.Benchmarks.Starts;

/// <summary>What one program did.</summary>
/// <param name="Bytes">Of its file; null where it is more than one.</param>
/// <param name="ProcessorAPush">Of a warm push without expiry.</param>
/// <param name="LoggedAPush">Bytes of log.</param>
/// <param name="WarmPeak">The most memory it was resident with when all these had been handled, in kB.</param>
sealed record ProgramStarts(
    string Name,
    long? Bytes,
    IReadOnlyList<OneStart> Starts,
    TimeSpan ProcessorAPush,
    long LoggedAPush,
    int WarmPeak);
