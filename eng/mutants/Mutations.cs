using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

/// <summary>The small changes that a test should notice.</summary>
static class Mutations
{
    static readonly Dictionary<SyntaxKind, (SyntaxKind Kind, SyntaxKind Token)> Operators = new()
    {
        [SyntaxKind.LessThanExpression] = (SyntaxKind.LessThanOrEqualExpression, SyntaxKind.LessThanEqualsToken),
        [SyntaxKind.LessThanOrEqualExpression] = (SyntaxKind.LessThanExpression, SyntaxKind.LessThanToken),
        [SyntaxKind.GreaterThanExpression] = (SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.GreaterThanEqualsToken),
        [SyntaxKind.GreaterThanOrEqualExpression] = (SyntaxKind.GreaterThanExpression, SyntaxKind.GreaterThanToken),
        [SyntaxKind.EqualsExpression] = (SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
        [SyntaxKind.NotEqualsExpression] = (SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
        [SyntaxKind.LogicalAndExpression] = (SyntaxKind.LogicalOrExpression, SyntaxKind.BarBarToken),
        [SyntaxKind.LogicalOrExpression] = (SyntaxKind.LogicalAndExpression, SyntaxKind.AmpersandAmpersandToken),
        [SyntaxKind.AddExpression] = (SyntaxKind.SubtractExpression, SyntaxKind.MinusToken),
        [SyntaxKind.SubtractExpression] = (SyntaxKind.AddExpression, SyntaxKind.PlusToken),
    };

    static readonly Dictionary<string, string> Methods = new()
    {
        ["Any"] = "All", ["All"] = "Any", ["Max"] = "Min", ["Min"] = "Max",
        ["OrderBy"] = "OrderByDescending", ["OrderByDescending"] = "OrderBy", ["First"] = "Last",
    };

    public static IEnumerable<(SyntaxNode Old, SyntaxNode New, string What)> Of(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax b => OfBinary(b),
        IfStatementSyntax { Condition: var c } when !Declares(c) => [(c, Not(c), $"negated: {Short(c)}")],
        ConditionalExpressionSyntax { Condition: var c } when !Declares(c) => [(c, Not(c), $"negated: {Short(c)}")],
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } u =>
            [(u, u.Operand.WithTriviaFrom(u), $"without !: {Short(u)}")],
        LiteralExpressionSyntax l => OfLiteral(l),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } call => OfCall(call, method),
        ExpressionStatementSyntax { Parent: BlockSyntax } s => [(s, EmptyStatement().WithTriviaFrom(s), $"left out: {Short(s)}")],
        _ => [],
    };

    static IEnumerable<(SyntaxNode, SyntaxNode, string)> OfBinary(BinaryExpressionSyntax b)
    {
        var isText = b.IsKind(SyntaxKind.AddExpression) && b.DescendantNodes().Any(n => n is InterpolatedStringExpressionSyntax);
        if (!isText && Operators.TryGetValue(b.Kind(), out var other))
        {
            var token = Token(b.OperatorToken.LeadingTrivia, other.Token, b.OperatorToken.TrailingTrivia);
            var changed = ParenthesizedExpression(BinaryExpression(other.Kind, b.Left, token, b.Right));
            yield return (b, changed, $"{token} for {b.OperatorToken}: {Short(b)}");
        }

        if (b.IsKind(SyntaxKind.LogicalAndExpression) || b.IsKind(SyntaxKind.LogicalOrExpression))
        {
            var neutral = Bool(b.IsKind(SyntaxKind.LogicalAndExpression));
            yield return (b, b.WithRight(neutral.WithTriviaFrom(b.Right)), $"left out: {Short(b.Right)}");
            yield return (b, b.WithLeft(neutral.WithTriviaFrom(b.Left)), $"left out: {Short(b.Left)}");
        }
    }

    static IEnumerable<(SyntaxNode, SyntaxNode, string)> OfLiteral(LiteralExpressionSyntax l) => l.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => [(l, Bool(false).WithTriviaFrom(l), $"false: {Short(l.Parent!)}")],
        SyntaxKind.FalseLiteralExpression => [(l, Bool(true).WithTriviaFrom(l), $"true: {Short(l.Parent!)}")],
        SyntaxKind.NumericLiteralExpression when l.Token.Value is int n =>
            [(l, LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(n + 1)).WithTriviaFrom(l), $"{n + 1}: {Short(l.Parent!)}")],
        _ => [],
    };

    static IEnumerable<(SyntaxNode, SyntaxNode, string)> OfCall(InvocationExpressionSyntax call, MemberAccessExpressionSyntax method)
    {
        var name = method.Name.Identifier.Text;
        if (Methods.TryGetValue(name, out var other))
            yield return (call, call.WithExpression(method.WithName(IdentifierName(other))), $"{other} for {name}: {Short(call)}");
        if (name is "Where" or "Distinct" or "Take" or "Except")
            yield return (call, method.Expression.WithTriviaFrom(call), $"without {name}: {Short(call)}");
    }

    // A pattern or an out variable is used after the condition: negated, the code would not compile.
    static bool Declares(ExpressionSyntax condition) => condition.DescendantNodes().Any(n => n is VariableDesignationSyntax);

    static LiteralExpressionSyntax Bool(bool value) =>
        LiteralExpression(value ? SyntaxKind.TrueLiteralExpression : SyntaxKind.FalseLiteralExpression);

    static ExpressionSyntax Not(ExpressionSyntax condition)
    {
        var whole = ParenthesizedExpression(condition.WithoutTrivia());
        return PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, whole).WithTriviaFrom(condition);
    }

    static string Short(SyntaxNode node)
    {
        var text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 100 ? text[..100] + "..." : text;
    }
}
