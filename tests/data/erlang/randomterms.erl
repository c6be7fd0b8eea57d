%% SPDX-License-Identifier: GPL-3.0-or-later
%% Random terms, always the same ones, and what Erlang prints for them. main(File, Count) writes for
%% each the sizes of three texts on a line, and the texts: ~tw, ~tp, and ~tp from a random column on
%% with that column before it.
-module(randomterms).
-export([main/2]).

main(File, Count) ->
    rand:seed(exsss, {27, 80, 40}),
    Texts = [texts(Count - N) || N <- lists:seq(1, Count)],
    ok = file:write_file(File, Texts).

texts(N) ->
    Term = shape(N rem 8),
    Column = case N rem 8 of 7 -> 1; _ -> rand:uniform(60) end,
    Pretty = io_lib_pretty:print(Term, [{column, Column}, {encoding, unicode}]),
    Texts = [bytes(io_lib:format("~tw", [Term])), bytes(io_lib:format("~tp", [Term])),
             bytes([integer_to_list(Column), $:, Pretty])],
    [lists:join($\s, [integer_to_list(byte_size(Text)) || Text <- Texts]), $\n, Texts].

bytes(Chars) -> unicode:characters_to_binary(Chars).

shape(0) -> leaf();
shape(1) -> nested(rand:uniform(12), term(2));
shape(2) -> nested(rand:uniform(24), term(1));
shape(3) -> [instruction() || _ <- several(12)];
shape(4) -> {relup(), [{version(), [], [instruction() || _ <- several(20)]} || _ <- several(3)], []};
shape(5) -> list_to_tuple([short() || _ <- several(30)]);
shape(6) -> [short() || _ <- several(30)];
shape(7) -> term(4).

several(Most) -> lists:seq(1, rand:uniform(Most + 1) - 1).
one_of(List) -> lists:nth(rand:uniform(length(List)), List).

term(0) -> leaf();
term(Depth) ->
    case rand:uniform(10) of
        1 -> leaf();
        2 -> short();
        N when N =< 4 -> [term(Depth - 1) || _ <- several(6)];
        5 -> improper(Depth);
        6 -> list_to_tuple([term(Depth - 1) || _ <- several(5)]);
        N when N =< 8 -> list_to_tuple([atom() | [term(Depth - 1) || _ <- several(5)]]);
        _ -> map(Depth)
    end.

improper(Depth) ->
    case term(Depth - 1) of
        List when is_list(List) -> improper(Depth);
        Tail -> lists:foldr(fun(_, Rest) -> [term(Depth - 1) | Rest] end, Tail, [first | several(4)])
    end.

%% At most one key is an atom: several come in an order that nobody outside can know.
map(Depth) ->
    Pairs = [{key(), term(Depth - 1)} || _ <- several(6)],
    maps:from_list([{atom(), term(Depth - 1)} || rand:uniform(3) =:= 1] ++ Pairs).

key() ->
    case rand:uniform(8) of
        1 -> rand:uniform(1000);
        2 -> float(rand:uniform(1000));
        3 -> {atom(), rand:uniform(10)};
        4 -> [short()];
        5 -> binary();
        6 -> string();
        7 -> big();
        8 -> #{rand:uniform(5) => leaf()}
    end.

%% Wrapped until tags stand so far to the right that the whole must be indented in another way.
nested(0, Term) -> Term;
nested(Depth, Term) -> nested(Depth - 1, wrapped(Term)).

wrapped(Term) ->
    case rand:uniform(9) of
        1 -> [Term];
        2 -> {Term};
        3 -> {short_atom(), Term};
        4 -> {atom(), Term, short()};
        5 -> [short(), Term];
        6 -> #{rand:uniform(100) => Term};
        7 -> #{{atom(), Term} => short(), "key" => Term};
        8 -> [short() | {short_atom(), Term}];
        9 -> {apply, {m, f, [Term | [short() || _ <- several(2)]]}}
    end.

relup() -> version().
version() -> lists:join($., [integer_to_list(rand:uniform(30)) || _ <- [1, 2, 3]]).

instruction() ->
    Module = short_atom(),
    one_of([{load, {Module, brutal_purge, soft_purge}},
            {load_object_code, {Module, version(), [short_atom() || _ <- several(15)]}},
            point_of_no_return,
            {suspend, [Module]},
            {code_change, up, [{Module, {advanced, term(2)}}]},
            {apply, {application, start, [Module, term(1)]}},
            {apply, {Module, atom(), [leaf() || _ <- several(4)]}},
            {sync_nodes, atom(), [atom() || _ <- several(3)]},
            restart_new_emulator]).

leaf() ->
    case rand:uniform(12) of
        1 -> string();
        2 -> string();
        3 -> binary();
        4 -> binary();
        5 -> atom();
        6 -> big();
        7 -> number();
        8 -> function();
        9 -> [[] || _ <- several(1)];
        10 -> one_of([{}, #{}, <<>>, "", {[]}, [{}], [[]], {a}, #{[] => []}]);
        11 -> [rand:uniform(1114111) - 1 || _ <- several(20)];
        12 -> list_to_binary([rand:uniform(256) - 1 || _ <- several(120)])
    end.

short() ->
    case rand:uniform(5) of
        1 -> short_atom();
        2 -> rand:uniform(100000) - 50000;
        3 -> [rand:uniform(26) + $a - 1 || _ <- several(12)];
        4 -> list_to_binary([rand:uniform(26) + $a - 1 || _ <- several(12)]);
        5 -> [rand:uniform(300) || _ <- several(8)]
    end.

short_atom() -> list_to_atom([rand:uniform(26) + $a - 1 || _ <- [0 | several(8)]]).

atom() ->
    case rand:uniform(8) of
        1 -> list_to_atom(characters(40));
        2 -> list_to_atom([one_of("abcXYZ019_@") || _ <- several(30)]);
        3 -> one_of(['end', 'maybe', 'else', '', 'A', '_', '1', 'a-b', '\n', 'it\'s', 'andalso', undefined]);
        4 -> list_to_atom([one_of([$a, 16#e9, 16#df, 16#f7, 16#c9, 16#d7, $_]) || _ <- several(10)]);
        5 -> list_to_atom([one_of([$a, 16#41f, 16#301, 16#438, 16#306, 16#1F600, 16#200B, 16#e9])
                           || _ <- several(12)]);
        _ -> short_atom()
    end.

string() ->
    case rand:uniform(5) of
        1 -> characters(100);
        2 -> [rand:uniform(256) - 1 || _ <- several(10)];
        3 -> [one_of("ab\\\"'\n\r\t\v\b\f\e\d\s") || _ <- several(20)];
        4 -> [rand:uniform(95) + 31 || _ <- several(90)];
        5 -> [one_of([$a, 16#e9, 16#ff, 16#a0, 16#ad, $"]) || _ <- several(60)]
    end.

characters(Most) -> [one_of([$a, $b, $\s, $z, $A, $., 16#e9, 16#fc, $", $\\, $']) || _ <- several(Most)].

binary() ->
    case rand:uniform(8) of
        1 -> unicode:characters_to_binary(characters(80));
        2 -> list_to_binary(string_of_bytes(characters(80)));
        3 -> list_to_binary([rand:uniform(256) - 1 || _ <- several(60)]);
        4 -> <<(list_to_binary([rand:uniform(256) - 1 || _ <- several(30)]))/binary, (rand:uniform(100)):7>>;
        5 -> <<(rand:uniform(1 bsl 60)):(rand:uniform(61))>>;
        6 -> list_to_binary([rand:uniform(95) + 31 || _ <- several(100)]);
        7 -> unicode:characters_to_binary([one_of([$a, 16#41f, 16#e9, 16#7f, 16#85, $\n]) || _ <- several(12)]);
        8 -> <<>>
    end.

string_of_bytes(Characters) -> [C || C <- Characters, C < 256].

number() ->
    case rand:uniform(6) of
        1 -> rand:uniform(1 bsl 40) - (1 bsl 39);
        2 -> rand:normal();
        3 -> rand:normal() * math:pow(10, rand:uniform(600) - 300);
        4 -> float(rand:uniform(1 bsl 60));
        5 -> (rand:uniform(2000) - 1000) / 8;
        6 -> one_of([0, 0.0, -0.0, 1.0e22, 1.0e23, 0.1, 5.0e-324, 9007199254740992.0, -1, 100.0, 1.0e5])
    end.

big() -> (rand:uniform(1 bsl 400) - (1 bsl 399)) bsr rand:uniform(390).

function() ->
    Module = one_of([lists, a, 'A', 'a b', a@b]),
    Function = one_of([map, f, 'F', 'f g', f_1, '']),
    Arity = rand:uniform(10),
    fun Module:Function/Arity.
