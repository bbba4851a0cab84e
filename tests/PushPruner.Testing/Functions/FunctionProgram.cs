namespace PushPruner.Testing.Functions;

/// <summary>What to start for the function's process.</summary>
public sealed record FunctionProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The program as the development build makes it, on the managed runtime.</summary>
    public static FunctionProgram OfDevelopment { get; } = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "PushPruner.Lambda.dll")]);
}
