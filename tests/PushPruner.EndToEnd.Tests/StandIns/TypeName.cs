namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>A type as a signature names it, and the assembly that its name points to, if that is another one.</summary>
readonly record struct TypeName(string Text, string? Assembly = null)
{
    public override string ToString() => Text;
}
