namespace PushPruner.Recording;

/// <summary>Other runs wrote a row each time this one tried. The event is delivered again, and by then they have ended.</summary>
public sealed class ContestedRowException(string repository, string row)
    : Exception($"other runs kept writing the row of {row} of {repository}; try again")
{
    public string Repository { get; } = repository;
}
